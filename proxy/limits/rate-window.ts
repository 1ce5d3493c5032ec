/**
 * A sliding minute, in slots of a tenth of a second: how much was taken in the last 60 seconds. A slot counts until its
 * last moment is a minute old, so that no 60 seconds ever hold more than the limit; what is freed is freed at most one slot late.
 * At most 601 slots exist, however many calls there are.
 */
export const WINDOW_MS = 60_000;
export const SLOT_MS = 100;

interface Slot {
  /** Number of the slot since the clock began. */
  readonly index: number;
  amount: number;
}

export class RateWindow {
  /** Oldest first; the first `#gone` have expired. */
  #slots: Slot[] = [];
  #gone = 0;
  #total = 0;

  /** What counts at this instant (monotonic milliseconds). */
  taken(nowMs: number): number {
    this.#expire(nowMs);
    return this.#total;
  }

  /** Counts `amount` in the slot of this instant, whose index it returns. */
  take(amount: number, nowMs: number): number {
    this.#expire(nowMs);
    const index = slotOf(nowMs);
    const last = this.#slots.at(-1);
    if (last !== undefined && last.index === index) last.amount += amount;
    else this.#slots.push({ index, amount });
    this.#total += amount;
    return index;
  }

  /** Adds to (or takes from) what was counted in a slot; nothing when that has expired. */
  correct(index: number, difference: number, nowMs: number): void {
    this.#expire(nowMs);
    const slot = this.#slots.find((candidate, at) => at >= this.#gone && candidate.index === index);
    if (slot === undefined) return;
    slot.amount += difference;
    this.#total += difference;
  }

  /** Milliseconds until at most `amountMax` count; 0 when that is so now. */
  msUntilAtMost(amountMax: number, nowMs: number): number {
    this.#expire(nowMs);
    let total = this.#total;
    for (let at = this.#gone; at < this.#slots.length && total > amountMax; at += 1) {
      const slot = this.#slots[at];
      if (slot === undefined) break;
      total -= slot.amount;
      if (total <= amountMax) return expiryMs(slot.index) - nowMs;
    }
    return 0;
  }

  /** Milliseconds until nothing counts any more. */
  msUntilEmpty(nowMs: number): number {
    this.#expire(nowMs);
    const last = this.#slots.at(-1);
    return last === undefined || this.#gone === this.#slots.length ? 0 : expiryMs(last.index) - nowMs;
  }

  #expire(nowMs: number): void {
    for (let slot = this.#slots[this.#gone]; slot !== undefined; slot = this.#slots[this.#gone]) {
      if (expiryMs(slot.index) > nowMs) break;
      this.#total -= slot.amount;
      this.#gone += 1;
    }
    // Moving the rest down at every expiry would cost more than a few dead slots.
    if (this.#gone > 64 && this.#gone * 2 > this.#slots.length) {
      this.#slots = this.#slots.slice(this.#gone);
      this.#gone = 0;
    }
  }
}

function slotOf(nowMs: number): number {
  return Math.floor(nowMs / SLOT_MS);
}

/** The first instant at which everything in the slot is at least a minute old. */
function expiryMs(index: number): number {
  return (index + 1) * SLOT_MS + WINDOW_MS;
}
