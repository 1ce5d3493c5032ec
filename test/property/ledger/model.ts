/** The ledger as plain lists and sums, without a database, a chain or kept rows: what the real one is held against. */
import type { BudgetWindow } from '../../../proxy/contract/config.ts';
import type { ReserveInput, SettleInput } from '../../../proxy/ledger/types.ts';
import { windowStartMs as findWindowStartMs } from '../../../proxy/ledger/windows.ts';

/** `ok`, `conflict`, `budget:<id>`, or the reason of a refusal. */
export type Outcome = string;

interface Attempt {
  readonly said: string;
  readonly input: ReserveInput;
  readonly atMs: number;
  state: 'open' | 'settled' | 'released';
  dispatched: boolean;
  ended: string;
}

interface Amount {
  readonly accounts: readonly string[];
  readonly atMs: number;
  readonly nano: number;
}

export interface CorrectInput {
  readonly id: string;
  readonly account: string;
  readonly amountNano: number;
  readonly reason: string;
  readonly attemptId?: string;
}

export class LedgerModel {
  nowMs: number;
  timeZone: string;
  entries = 0;
  grantedNano = 0;
  correctedNano = 0;
  readonly #attempts = new Map<string, Attempt>();
  readonly #adjustments = new Map<string, string>();
  readonly #spent: Amount[] = [];
  readonly #wallets = new Map<string, { granted: number; base: number }>();

  constructor(nowMs: number, timeZone: string) {
    this.nowMs = nowMs;
    this.timeZone = timeZone;
  }

  reserve(input: ReserveInput): Outcome {
    const { limits, wallet, ...content } = input;
    const said = JSON.stringify(content);
    const before = this.#attempts.get(input.attemptId);
    if (before !== undefined) return before.said === said ? 'ok' : 'conflict';
    for (const limit of limits) {
      const { spentNano, heldNano } = this.sums(limit.account, limit.window);
      if (spentNano + heldNano + input.amountNano > limit.limitNano) return `budget:${limit.budgetId}`;
    }
    if (input.wallet !== undefined && input.amountNano > 0 && input.amountNano > this.walletNano(input.wallet)) {
      return 'budget:wallet';
    }
    const attempt = { said, input, atMs: this.nowMs, dispatched: input.dispatched, ended: '' };
    this.#attempts.set(input.attemptId, { ...attempt, state: 'open' });
    this.entries += 1;
    return 'ok';
  }

  markDispatched(attemptId: string): Outcome {
    const attempt = this.#attempts.get(attemptId);
    if (attempt?.state !== 'open') return notOpen(attempt);
    attempt.dispatched = true;
    return 'ok';
  }

  settle(input: SettleInput): Outcome {
    const attempt = this.#attempts.get(input.attemptId);
    const said = JSON.stringify(input);
    if (attempt?.state === 'settled') return attempt.ended === said ? 'ok' : 'conflict';
    if (attempt?.state !== 'open') return notOpen(attempt);
    if (!attempt.dispatched) return 'not_dispatched';
    const { amountNano, feeBps } = attempt.input;
    const cost = input.costNano;
    this.#end(attempt, cost === undefined ? amountNano : cost + Math.ceil((cost * feeBps) / 10_000), said);
    return 'ok';
  }

  release(attemptId: string, reason: string): Outcome {
    const attempt = this.#attempts.get(attemptId);
    if (attempt?.state === 'released') return attempt.ended === reason ? 'ok' : 'conflict';
    if (attempt?.state !== 'open') return notOpen(attempt);
    this.#giveBack(attempt, reason);
    return 'ok';
  }

  recover(which: 'all' | 'overdue'): { released: string[]; settled: string[] } {
    const released: string[] = [];
    const settled: string[] = [];
    for (const [attemptId, attempt] of this.#attempts) {
      if (attempt.state !== 'open') continue;
      if (which === 'overdue' && attempt.input.deadlineAtMs >= this.nowMs) continue;
      if (attempt.dispatched) {
        this.#end(attempt, attempt.input.amountNano, which);
        settled.push(attemptId);
      } else {
        this.#giveBack(attempt, which === 'all' ? 'crash_recovery' : 'deadline_passed');
        released.push(attemptId);
      }
    }
    return { released, settled };
  }

  grant(input: CorrectInput): Outcome {
    return this.#adjust('grant', input, () => {
      this.grantedNano += input.amountNano;
      const base = this.sums(input.account, 'total').spentNano;
      const wallet = this.#wallets.get(input.account) ?? { granted: 0, base };
      this.#wallets.set(input.account, { ...wallet, granted: wallet.granted + input.amountNano });
      return 'ok';
    });
  }

  correct(input: CorrectInput): Outcome {
    return this.#adjust('correction', input, () => {
      if (input.attemptId === undefined) {
        this.#spent.push({ accounts: accountAndAbove(input.account), atMs: this.nowMs, nano: input.amountNano });
      } else {
        const attempt = this.#attempts.get(input.attemptId);
        if (attempt === undefined) return 'unknown_attempt';
        if (attempt.state === 'open') return 'still_open';
        const accounts = accountsOfInput(attempt.input);
        if (!accounts.includes(input.account)) return 'account_not_touched';
        this.#spent.push({ accounts, atMs: attempt.atMs, nano: input.amountNano });
      }
      this.correctedNano += input.amountNano;
      return 'ok';
    });
  }

  /** Sums of the window that holds `atMs`, added up from the lists. */
  sums(
    account: string,
    kind: BudgetWindow,
    atMs = this.nowMs,
  ): { spentNano: number; heldNano: number; requests: number } {
    const startMs = windowStartMs(kind, atMs, this.timeZone);
    const counts = (accounts: readonly string[], instantMs: number) =>
      accounts.includes(account) && windowStartMs(kind, instantMs, this.timeZone) === startMs;
    const seen = new Set<string>();
    let spentNano = 0;
    let heldNano = 0;
    let requests = 0;
    for (const { input, atMs: instantMs, state } of this.#attempts.values()) {
      const first = !seen.has(input.requestId);
      seen.add(input.requestId);
      if (!counts(accountsOfInput(input), instantMs)) continue;
      if (state === 'open') heldNano += input.amountNano;
      if (first) requests += 1;
    }
    for (const amount of this.#spent) if (counts(amount.accounts, amount.atMs)) spentNano += amount.nano;
    return { spentNano, heldNano, requests };
  }

  /** What is left of the grants after what was spent since the first of them and what is held. */
  walletNano(account: string): number {
    const wallet = this.#wallets.get(account);
    if (wallet === undefined) return 0;
    const { spentNano, heldNano } = this.sums(account, 'total');
    return wallet.granted - (spentNano - wallet.base) - heldNano;
  }

  get openHolds(): number {
    return [...this.#attempts.values()].filter((attempt) => attempt.state === 'open').length;
  }

  /** Less the limits and the wallet of accounts that it does not touch, which would be refused. */
  static touched({ wallet, ...input }: ReserveInput): ReserveInput {
    const accounts = accountsOfInput(input);
    const limits = input.limits.filter((limit) => accounts.includes(limit.account));
    return { ...input, limits, ...(wallet !== undefined && accounts.includes(wallet) ? { wallet } : {}) };
  }

  #end(attempt: Attempt, nano: number, ended: string): void {
    attempt.state = 'settled';
    attempt.ended = ended;
    this.#spent.push({ accounts: accountsOfInput(attempt.input), atMs: attempt.atMs, nano });
    this.entries += 2;
  }

  #giveBack(attempt: Attempt, reason: string): void {
    attempt.state = 'released';
    attempt.ended = reason;
    this.entries += 1;
  }

  #adjust(kind: string, input: CorrectInput, write: () => Outcome): Outcome {
    const said = JSON.stringify(input);
    const before = this.#adjustments.get(`${input.id}:${kind}`);
    if (before !== undefined) return before === said ? 'ok' : 'conflict';
    const outcome = write();
    if (outcome !== 'ok') return outcome;
    this.#adjustments.set(`${input.id}:${kind}`, said);
    this.entries += 1;
    return 'ok';
  }
}

const starts = new Map<string, number>();

/** The histories come back to the same instants again and again. */
function windowStartMs(kind: BudgetWindow, atMs: number, timeZone: string): number {
  const key = `${kind} ${atMs} ${timeZone}`;
  const known = starts.get(key);
  if (known !== undefined) return known;
  const startMs = findWindowStartMs(kind, atMs, timeZone);
  starts.set(key, startMs);
  return startMs;
}

function notOpen(attempt: Attempt | undefined): Outcome {
  return attempt === undefined ? 'unknown_attempt' : `already_${attempt.state}`;
}

function accountsOfInput(input: ReserveInput): string[] {
  return [
    'global',
    ...(input.accessKeyId === undefined ? [] : [`key:${input.accessKeyId}`]),
    ...(input.project === undefined ? [] : [`project:${input.project}`]),
    ...(input.client === undefined ? [] : [`client:${input.client}`]),
    `provider:${input.provider}`,
    `model:${input.provider}/${input.model}`,
  ];
}

function accountAndAbove(account: string): string[] {
  const model = /^model:([^/]+)\//.exec(account);
  return ['global', account, ...(model === null ? [] : [`provider:${model[1]}`])];
}
