/**
 * From a plan to an answer: its targets in order, until one serves the call, one says that none would, or the budget of
 * attempts and time is used up. Until the first content part has gone to the client this is invisible to it; after that
 * nothing is tried again. Every attempt has its own hold.
 */
import type { RouteAttempt } from '../contract/routes.ts';
import { GatehouseError } from '../core/errors.ts';
import type { Failure } from '../routing/failure.ts';
import { nextStep, type RetryLimits, type Step } from '../routing/retry.ts';
import type { Candidate } from '../routing/types.ts';
import { answer } from './answer.ts';
import type { AttemptEnd, Ending } from './attempt.ts';
import type { Bridge } from './bridge/types.ts';
import { failureOf } from './failure-of.ts';
import type { Trail } from './trail.ts';
import { type NotSent, type TargetParts, type TryInput, tryTarget } from './try-target.ts';

export interface FailoverInput extends Omit<TryInput, 'candidate' | 'timeouts' | 'closes'> {
  readonly candidates: readonly Candidate[];
  /** For a call that a target found too long for itself. */
  readonly largerContext: readonly Candidate[];
  /** Cheaper than the candidate that a budget refused; with onLimit downgrade. */
  readonly cheaperThan: (candidate: Candidate) => readonly Candidate[];
  readonly limits: RetryLimits;
  readonly trail: Trail;
  /** From 0 up to 1, for the jitter of waits. */
  readonly random: () => number;
}

/** Throws GatehouseError when no attempt has an answer for the client. */
export async function failOver(parts: TargetParts, input: FailoverInput): Promise<void> {
  await new Failover(parts, input).run();
}

class Failover {
  readonly #parts: TargetParts;
  readonly #input: FailoverInput;
  readonly #startedMs: number;
  #queue: readonly Candidate[];
  #larger: readonly Candidate[];
  #attempts = 0;
  #attemptsHere = 0;
  /** The latest attempt that has something to tell the client. */
  #last: { readonly end: AttemptEnd; readonly bridge: Bridge } | undefined;
  #notSent: GatehouseError | undefined;

  constructor(parts: TargetParts, input: FailoverInput) {
    this.#parts = parts;
    this.#input = input;
    this.#startedMs = parts.clock.monotonicMs();
    this.#queue = input.candidates;
    this.#larger = input.largerContext;
  }

  async run(): Promise<void> {
    const { run, outlet } = this.#input;
    for (let candidate = this.#queue[0]; candidate !== undefined; candidate = this.#queue[0]) {
      run.throwIfAborted();
      const step = await this.#try(candidate);
      if (step.do === 'stop' && this.#last !== undefined) {
        answer(run, outlet, this.#last.bridge, this.#last.end);
        return;
      }
      if (step.do === 'stop') break;
      await this.#follow(step);
    }
    // What came last could not even be sent: the attempt before it has the better answer.
    if (this.#last === undefined) throw this.#notSent ?? nothingToTry();
    run.note(this.#last.end.conclusion.facts);
    answer(run, outlet, this.#last.bridge, this.#last.end);
  }

  async #try(candidate: Candidate): Promise<Step> {
    const { trail, run } = this.#input;
    const beforeNano = run.view.chargedNano ?? 0;
    let step: Step = { do: 'stop', because: 'decided' };
    let failure: Failure | undefined;
    const tried = await tryTarget(this.#parts, {
      ...this.#input,
      candidate,
      timeouts: this.#timeouts(),
      closes: (ending) => {
        this.#attempts += 1;
        this.#attemptsHere += 1;
        failure = failureOf(ending.outcome, ending.sameProtocol, this.#parts.clock);
        step = this.#stepAfter(failure, ending.committed);
        trail.add(candidate.target, traceOf(ending, failure, step));
        return step.do === 'stop';
      },
      record: () => {
        trail.charged((run.view.chargedNano ?? 0) - beforeNano);
        this.#input.record();
      },
    });
    if (tried.kind === 'not-sent') return this.#afterNotSent(candidate, tried);
    const { end, bridge, permit } = tried;
    this.#last = { end, bridge };
    this.#parts.observe(permit, candidate.target, end, failure);
    trail.charged(end.chargedNano);
    return step;
  }

  #afterNotSent(candidate: Candidate, { error, stop, downgrade }: NotSent): Step {
    this.#notSent = error;
    const { code } = error;
    this.#input.trail.add(candidate.target, {
      outcome: code,
      errorCode: code,
      decision: stop ? 'stop' : 'next',
      durationMs: 0,
    });
    if (stop) throw error;
    if (downgrade) this.#queue = [candidate, ...this.#input.cheaperThan(candidate)];
    return { do: 'next' };
  }

  #stepAfter(failure: Failure | undefined, committed: boolean): Step {
    if (failure === undefined) return { do: 'stop', because: 'decided' };
    return nextStep(
      failure,
      {
        attempts: this.#attempts,
        attemptsHere: this.#attemptsHere,
        elapsedMs: this.#parts.clock.monotonicMs() - this.#startedMs,
        committed,
        othersLeft: this.#queue.length - 1,
        largerLeft: this.#larger.length,
        jitter: this.#input.random(),
      },
      this.#input.limits,
    );
  }

  async #follow(step: Exclude<Step, { do: 'stop' }>): Promise<void> {
    switch (step.do) {
      case 'retry':
        await waitUnlessAborted(this.#input.run, step.afterMs);
        return;
      case 'larger-context':
        this.#queue = this.#larger;
        this.#larger = [];
        this.#attemptsHere = 0;
        return;
      case 'next':
        this.#queue = this.#queue.slice(1);
        this.#attemptsHere = 0;
        return;
      default:
        step satisfies never;
    }
  }

  /** While another target could step in, a stream that does not begin is given up when the time for looking is over. */
  #timeouts(): TryInput['timeouts'] {
    const { timeouts } = this.#parts;
    if (!this.#input.request.shape.stream || this.#queue.length < 2) return timeouts;
    const leftMs = this.#input.limits.totalMsMax - (this.#parts.clock.monotonicMs() - this.#startedMs);
    return { ...timeouts, firstByteMs: Math.min(timeouts.firstByteMs, Math.max(leftMs, 1_000)) };
  }
}

function traceOf(
  { outcome, conclusion, durationMs }: Ending,
  failure: Failure | undefined,
  step: Step,
): Omit<RouteAttempt, 'provider' | 'model'> {
  const { status, errorCode } = conclusion.facts;
  const served = failure === undefined && outcome.kind !== 'aborted';
  return {
    outcome: served ? 'served' : (failure?.kind ?? 'aborted'),
    decision: served ? 'served' : step.do === 'larger-context' ? 'next' : step.do,
    durationMs: Math.round(durationMs),
    ...(status === undefined ? {} : { status }),
    ...(errorCode === undefined ? {} : { errorCode }),
  };
}

function nothingToTry(): GatehouseError {
  return new GatehouseError('no_target_available', 'no target can serve this call');
}

/** Resolves early when the run is aborted; the next step then sees it. */
function waitUnlessAborted(run: FailoverInput['run'], ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      run.onAbort(undefined);
      resolve();
    };
    // Timers may fire a little early, and a target that asked for a rest counts by the wall clock.
    const timer = setTimeout(done, ms + 2);
    run.onAbort(done);
  });
}
