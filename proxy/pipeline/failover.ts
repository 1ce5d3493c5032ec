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
import { type Lane, Race } from './race.ts';
import type { RelayOutcome } from './relay.ts';
import type { Trail } from './trail.ts';
import { type NotSent, type TargetParts, type Tried, type TryInput, tryTarget } from './try-target.ts';

export interface FailoverInput extends Omit<TryInput, 'candidate' | 'timeouts' | 'closes' | 'lane' | 'record'> {
  readonly record: () => void;
  /** Milliseconds after which the next target is asked beside this one; undefined: it is not. */
  readonly hedgeAfterMs: (candidate: Candidate, attemptsLeft: number) => number | undefined;
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

/** An attempt under way. */
interface Running {
  readonly candidate: Candidate;
  readonly lane: Lane;
  step: Step;
  failure: Failure | undefined;
  charged: (costNano: number | undefined) => void;
  ended: Promise<Tried | undefined>;
}

const NEXT: Step = { do: 'next' };

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

  /** One target; or, where the first takes unusually long, the next one beside it. */
  async #try(candidate: Candidate): Promise<Step> {
    const race = new Race();
    const first = this.#enter(race, candidate);
    const beside = this.#queue[1];
    const afterMs = beside === undefined ? undefined : this.#input.hedgeAfterMs(candidate, this.#left());
    const lanes = [first];
    if (beside !== undefined && afterMs !== undefined && (await isQuiet(race, first, afterMs))) {
      lanes.push(this.#enter(race, beside));
      // What both could not do is not asked of either again.
      this.#attemptsHere = this.#input.limits.retriesMax + 1;
    }
    await Promise.allSettled(lanes.map(({ ended }) => ended));
    const step = await this.#afterRace(race, lanes);
    if (lanes.length > 1 && step.do === 'next') this.#queue = this.#queue.slice(1);
    return step;
  }

  #enter(race: Race, candidate: Candidate): Running {
    const lane = race.enter();
    const running: Running = {
      candidate,
      lane,
      step: { do: 'stop', because: 'decided' },
      failure: undefined,
      charged: () => undefined,
      ended: Promise.resolve(undefined),
    };
    running.ended = this.#drive(running).finally(() => {
      lane.ended = true;
    });
    lane.books = running.ended;
    return running;
  }

  #drive(running: Running): Promise<Tried> {
    const { candidate, lane } = running;
    const { trail, record } = this.#input;
    return tryTarget(this.#parts, {
      ...this.#input,
      candidate,
      lane,
      timeouts: this.#timeouts(),
      closes: (ending) => {
        this.#attempts += 1;
        this.#attemptsHere += 1;
        lane.ended = true;
        const failure = failureOf(ending.outcome, ending.sameProtocol, this.#parts.clock);
        if (failure === undefined && ending.outcome.kind !== 'aborted') lane.win();
        running.failure = failure;
        running.step =
          lane.lost || (lane.othersRunning && !lane.isWinner) ? NEXT : this.#stepAfter(failure, ending.committed);
        running.charged = trail.add(candidate.target, traceOf(ending, failure, running.step));
        return running.step.do === 'stop';
      },
      record: (chargedNano) => {
        running.charged(chargedNano);
        record();
      },
    });
  }

  /** Throws what a lane threw, unless another one served. */
  async #afterRace(race: Race, lanes: readonly Running[]): Promise<Step> {
    let step: Step | undefined;
    for (const running of lanes) {
      const { candidate, lane, failure } = running;
      let tried: Tried | undefined;
      try {
        tried = await running.ended;
      } catch (error) {
        if (race.winner === undefined || !lane.lost) throw error;
        continue;
      }
      if (tried === undefined) continue;
      if (tried.kind === 'not-sent') {
        const after = this.#afterNotSent(candidate, tried, lanes.length === 1);
        step ??= after;
        continue;
      }
      const { end, bridge, permit } = tried;
      this.#parts.observe(permit, candidate.target, end, failure);
      running.charged(end.chargedNano);
      // The winner's answer; where there is none, that of the lane that ended last, which had the last word.
      if (race.winner === undefined ? running.step.do !== 'next' || this.#last === undefined : lane.isWinner)
        this.#last = { end, bridge };
      if (step === undefined || running.step.do !== 'next') step = running.step;
    }
    return step ?? NEXT;
  }

  #afterNotSent(candidate: Candidate, { error, stop, downgrade }: NotSent, alone: boolean): Step {
    this.#notSent = error;
    const { code } = error;
    this.#input.trail.add(candidate.target, {
      outcome: code,
      errorCode: code,
      decision: stop ? 'stop' : 'next',
      durationMs: 0,
    });
    if (stop && alone) throw error;
    if (downgrade) this.#queue = [candidate, ...this.#input.cheaperThan(candidate)];
    return NEXT;
  }

  #left(): number {
    return this.#input.limits.attemptsMax - this.#attempts;
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
    outcome: served ? 'served' : (failure?.kind ?? abortWord(outcome)),
    decision: served ? 'served' : step.do === 'larger-context' ? 'next' : step.do,
    durationMs: Math.round(durationMs),
    ...(status === undefined ? {} : { status }),
    ...(errorCode === undefined ? {} : { errorCode }),
  };
}

function abortWord(outcome: RelayOutcome): string {
  return outcome.kind === 'aborted' && outcome.why.code === 'superseded' ? 'superseded' : 'aborted';
}

function nothingToTry(): GatehouseError {
  return new GatehouseError('no_target_available', 'no target can serve this call');
}

/** Resolves early when the run is aborted; the next step then sees it. */
function waitUnlessAborted(run: FailoverInput['run'], ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    // Timers may fire a little early, and a target that asked for a rest counts by the wall clock.
    const timer = setTimeout(done, ms + 2);
    const unsubscribe = run.onAbort(() => queueMicrotask(done));
  });
}

/** False: within the time the attempt ended, or has content for the client. */
async function isQuiet(race: Race, { ended }: Running, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const over = ended.then(
    () => false,
    () => false,
  );
  const quiet = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(true), ms);
  });
  const answer = await Promise.race([over, race.decided.then(() => false), quiet]);
  clearTimeout(timer);
  return answer;
}
