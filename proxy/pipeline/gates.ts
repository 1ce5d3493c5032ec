/** The gates before routing: kill switches, the loop guard, rate limits, idempotency. All of them are passed, or none. */
import type { Config } from '../contract/config.ts';
import type { UsageView } from '../contract/views.ts';
import type { Clock } from '../core/clock.ts';
import type { Idempotency } from '../limits/idempotency.ts';
import type { KillSwitch } from '../limits/kill-switch.ts';
import type { KillSwitches } from '../limits/kill-switches.ts';
import { type LoopGuard, loopDetected, loopThresholds } from '../limits/loop-guard.ts';
import { type RateHeaderStyle, rateLimited, rateLimitHeaders } from '../limits/rate-limit-headers.ts';
import { type RateLease, type RateLimiter, rateLimitsFor } from '../limits/rate-limits.ts';
import type { ReadRequest } from './request.ts';
import type { Run } from './run.ts';

export interface GateParts {
  readonly clock: Clock;
  readonly killSwitch: KillSwitch;
  readonly killSwitches: KillSwitches;
  readonly loopGuard: LoopGuard;
  readonly rateLimiter: RateLimiter;
  readonly idempotency: Idempotency;
  /** A loop was stopped; for alerts. */
  readonly onLoop: (run: Run, reason: string) => void;
}

export interface Passage {
  /** The request has ended: what was taken at the gates is given back or corrected. */
  end(): void;
}

/** Throws GatehouseError kill_switch, loop_detected, rate_limited, exceeds_rate_limit or one of idempotency's. */
export function passGates(parts: GateParts, config: Config, run: Run, request: ReadRequest): Passage {
  const { identity, dialect } = run.inbound;
  parts.killSwitch.check();
  parts.killSwitches.check(identity);
  // What providers count for free is neither a loop nor a load.
  if (dialect.free === true) return { end() {} };
  stopLoops(parts, config, run, request);
  const rate = takeRate(parts, config, run, request);
  const key = run.inbound.headers['idempotency-key'];
  if (typeof key !== 'string') return passage(run, rate, undefined);
  try {
    const lease = parts.idempotency.begin({
      accessKeyId: identity.accessKeyId,
      key,
      route: dialect.name,
      body: run.inbound.body,
      requestId: run.inbound.requestId,
    });
    return passage(run, rate, lease);
  } catch (error) {
    rate.correct(0);
    rate.end();
    throw error;
  }
}

function passage(run: Run, rate: RateLease, lease: ReturnType<Idempotency['begin']> | undefined): Passage {
  return {
    end() {
      const { usage, attempts } = run.view;
      if (usage !== undefined) rate.correct(tokensOf(usage));
      else if (attempts === 0) rate.correct(0);
      rate.end();
      lease?.end({ reserved: attempts > 0 });
    },
  };
}

/** Input and output together; the buckets do not overlap. */
function tokensOf(usage: UsageView): number {
  const buckets = [
    usage.inputTokens,
    usage.cacheReadTokens,
    usage.cacheWriteTokens,
    usage.cacheWrite1hTokens,
    usage.outputTokens,
    usage.reasoningTokens,
  ];
  return buckets.reduce<number>((sum, tokens) => sum + (tokens ?? 0), 0);
}

function stopLoops(parts: GateParts, config: Config, run: Run, { inspected, shape }: ReadRequest): void {
  const thresholds = loopThresholds(config.loopGuard, run.inbound.identity.policy);
  const surelyNone = inspected.facts.marks?.toolResults === false;
  if (thresholds === undefined || (surelyNone && !thresholds.everyCall)) return;
  const call = shape.call();
  if (call === undefined) return;
  const verdict = parts.loopGuard.check(run.inbound.identity, thresholds, call);
  if (!verdict.loop) return;
  parts.onLoop(run, verdict.reason);
  throw loopDetected(verdict);
}

function takeRate(parts: GateParts, config: Config, run: Run, { shape }: ReadRequest): RateLease {
  const { identity } = run.inbound;
  const limits = rateLimitsFor(config.rateLimits, identity.policy, identity);
  const tokens = shape.inputTokensEstimate + (shape.maxOutputTokens ?? 0) * shape.choices;
  const taken = parts.rateLimiter.admit(limits, tokens);
  const style: RateHeaderStyle = shape.protocol === 'anthropic-messages' ? 'anthropic' : 'openai';
  run.addHeaders(rateLimitHeaders(taken.standings, style, parts.clock.nowMs()));
  if (taken.ok) return taken;
  throw rateLimited(taken, style, parts.clock.nowMs());
}
