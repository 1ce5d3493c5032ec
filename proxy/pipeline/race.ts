/**
 * Targets that are asked at the same time. Whoever first has something for the client wins; the others are stopped that
 * instant, so that only one of them ever writes to it. A race with one lane is an ordinary attempt.
 */
import { GatehouseError } from '../core/errors.ts';

export class Lane {
  readonly #race: Race;
  #stopped: GatehouseError | undefined;
  #onStop: ((why: GatehouseError) => void) | undefined;
  /** The attempt has ended, or never began. */
  ended = false;
  /** Settles with the lane's books. */
  books: Promise<unknown> = Promise.resolve();

  constructor(race: Race) {
    this.#race = race;
  }

  /** Another lane has won. */
  get lost(): boolean {
    return this.#stopped !== undefined;
  }

  get isWinner(): boolean {
    return this.#race.winner === this;
  }

  /** Others are still under way, and may yet serve the call. */
  get othersRunning(): boolean {
    return this.#race.others(this).some((lane) => !lane.ended);
  }

  win(): void {
    this.#race.won(this);
  }

  stop(): void {
    this.#stopped = new GatehouseError('superseded', 'another target was faster, so this attempt was stopped');
    this.#onStop?.(this.#stopped);
  }

  /** One listener; called at once if the lane was stopped before. */
  onStop(listener: (why: GatehouseError) => void): void {
    this.#onStop = listener;
    if (this.#stopped !== undefined) listener(this.#stopped);
  }

  throwIfStopped(): void {
    if (this.#stopped !== undefined) throw this.#stopped;
  }

  /**
   * Whoever closes the books of the request does so after all others: the winner, or without one the lane that ended
   * last. Undefined: it need not wait.
   */
  othersBooks(): Promise<unknown> | undefined {
    const others = this.#race.others(this);
    const closes = this.isWinner || (this.#race.winner === undefined && !this.othersRunning);
    return closes && others.length > 0 ? Promise.allSettled(others.map(({ books }) => books)) : undefined;
  }
}

export class Race {
  readonly #lanes: Lane[] = [];
  #winner: Lane | undefined;
  #onWon: () => void = () => undefined;
  readonly decided: Promise<void>;

  constructor() {
    this.decided = new Promise((resolve) => {
      this.#onWon = resolve;
    });
  }

  get winner(): Lane | undefined {
    return this.#winner;
  }

  enter(): Lane {
    const lane = new Lane(this);
    this.#lanes.push(lane);
    return lane;
  }

  others(lane: Lane): readonly Lane[] {
    return this.#lanes.filter((other) => other !== lane);
  }

  won(lane: Lane): void {
    if (this.#winner !== undefined || lane.lost) return;
    this.#winner = lane;
    for (const other of this.others(lane)) other.stop();
    this.#onWon();
  }
}
