/**
 * Plays a script into a sink as the transport would: never inside `send`, honouring pause and abort, with the transport's
 * own time-outs and error codes, and exactly one ending.
 */
import { GatehouseError } from '../../core/errors.ts';
import type { UpstreamExchange, UpstreamSink, UpstreamTimeouts } from '../../core/upstream.ts';
import type { Script, Step } from './script.ts';
import type { Timers } from './timers.ts';

/** Steps without a wait that are sent in one turn before others get theirs. */
const STEPS_PER_TURN = 16;

export function play(script: Script, timeouts: UpstreamTimeouts, timers: Timers, sink: UpstreamSink): UpstreamExchange {
  return new Player(script, timeouts, timers, sink);
}

class Player implements UpstreamExchange {
  readonly #script: Script;
  readonly #timeouts: UpstreamTimeouts;
  readonly #timers: Timers;
  readonly #sink: UpstreamSink;
  #steps: Iterator<Step> | undefined;
  /** Taken from the script but not sent yet. */
  #next: Step | undefined;
  #paused = false;
  #over = false;
  #cancelNext: () => void = () => undefined;
  #cancelWatch: () => void = () => undefined;
  #cancelTotal: () => void = () => undefined;

  constructor(script: Script, timeouts: UpstreamTimeouts, timers: Timers, sink: UpstreamSink) {
    this.#script = script;
    this.#timeouts = timeouts;
    this.#timers = timers;
    this.#sink = sink;
    this.#cancelTotal = timers.after(timeouts.totalMs, () =>
      this.#fail('upstream_total_timeout', `the simulator did not finish within ${timeouts.totalMs} ms`),
    );
    this.#start();
  }

  resume(): void {
    if (!this.#paused || this.#over) return;
    this.#paused = false;
    this.#cancelNext = this.#timers.after(0, () => this.#turn());
  }

  abort(): void {
    this.#close();
  }

  #start(): void {
    const script = this.#script;
    if (script.kind === 'unreachable') {
      this.#cancelNext = this.#timers.after(0, () =>
        this.#fail('upstream_connect_failed', 'the simulator cannot be connected to, as this drill asks'),
      );
      return;
    }
    const { firstByteMs } = this.#timeouts;
    this.#cancelWatch = this.#timers.after(firstByteMs, () =>
      this.#fail('upstream_first_byte_timeout', `the simulator sent nothing within ${firstByteMs} ms`),
    );
    if (script.kind === 'silent') return;
    this.#cancelNext = this.#timers.after(script.headDelayMs, () => {
      this.#cancelWatch();
      this.#steps = script.steps[Symbol.iterator]();
      this.#sink.onHead(script.status, script.headers);
      this.#turn();
    });
  }

  /** Sends until a wait, a pause or the turn's share is reached. */
  #turn(): void {
    this.#cancelWatch();
    for (let sent = 0; !this.#over && !this.#paused; sent += 1) {
      const step = this.#takeStep();
      if (step === undefined) {
        this.#finish();
        return;
      }
      if (step.delayMs > 0 || sent === STEPS_PER_TURN) {
        this.#next = { delayMs: 0, bytes: step.bytes };
        this.#wait(step.delayMs);
        return;
      }
      this.#paused = !this.#sink.onData(step.bytes);
    }
  }

  #takeStep(): Step | undefined {
    const kept = this.#next;
    this.#next = undefined;
    if (kept !== undefined) return kept;
    const result = this.#steps?.next();
    return result === undefined || result.done === true ? undefined : result.value;
  }

  #wait(delayMs: number): void {
    if (delayMs > 0) this.#watchIdle();
    this.#cancelNext = this.#timers.after(delayMs, () => this.#turn());
  }

  #watchIdle(): void {
    const { idleMs } = this.#timeouts;
    this.#cancelWatch = this.#timers.after(idleMs, () =>
      this.#fail('upstream_idle_timeout', `the simulator sent nothing more for ${idleMs} ms`),
    );
  }

  #finish(): void {
    const { kind } = this.#script;
    const ending = kind === 'answer' ? this.#script.ending : 'stall';
    switch (ending) {
      case 'end':
        this.#close();
        this.#sink.onEnd();
        return;
      case 'cut':
        this.#fail('upstream_cut', 'the simulator lost the connection in the middle of its answer, as this drill asks');
        return;
      case 'stall':
        this.#watchIdle();
        return;
      default:
        ending satisfies never;
    }
  }

  #fail(code: ConstructorParameters<typeof GatehouseError>[0], message: string): void {
    if (this.#over) return;
    this.#close();
    this.#sink.onError(new GatehouseError(code, message));
  }

  #close(): void {
    this.#over = true;
    this.#cancelNext();
    this.#cancelWatch();
    this.#cancelTotal();
    this.#steps?.return?.();
  }
}
