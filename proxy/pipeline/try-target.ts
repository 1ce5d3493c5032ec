/**
 * One target of a plan: its breaker and credential asked, its bridge built, its attempt made. What a budget does not
 * allow is settled here as its `onLimit` says.
 */
import type { Clock } from '../core/clock.ts';
import { GatehouseError } from '../core/errors.ts';
import { newId } from '../core/ids.ts';
import type { UpstreamTimeouts } from '../core/upstream.ts';
import type { Account } from '../ledger/types.ts';
import type { BudgetLimit } from '../limits/budgets.ts';
import { type KillSwitches, killedScopeError } from '../limits/kill-switches.ts';
import type { Provider } from '../providers/types.ts';
import type { Admission, BreakerBook, Permit } from '../routing/breaker-book.ts';
import type { CredentialBook } from '../routing/credential-book.ts';
import type { Failure } from '../routing/failure.ts';
import { type Candidate, endpointOf, type Target } from '../routing/types.ts';
import { type AttemptEnd, type AttemptInput, type AttemptParts, attempt } from './attempt.ts';
import { bridgeFacts } from './bridge/bridge-facts.ts';
import { buildBridge } from './bridge/build.ts';
import type { Bridge } from './bridge/types.ts';
import { type OverBudgetParts, settleOverBudget } from './over-budget.ts';
import type { Lane } from './race.ts';
import type { ReadRequest } from './request.ts';
import { sendStreamHead } from './respond.ts';
import type { Run } from './run.ts';
import type { Outlet } from './types.ts';

export interface TargetParts extends AttemptParts, OverBudgetParts {
  readonly clock: Clock;
  readonly timeouts: UpstreamTimeouts;
  readonly breakers: BreakerBook;
  readonly killSwitches: KillSwitches;
  readonly credentialBook: CredentialBook;
  /** Throws GatehouseError credential_missing or credential_unavailable. */
  readonly secretOf: (provider: Provider) => Promise<string | undefined>;
  /** Told of every attempt, before anything follows it; gives the permit back. `failure` undefined: it served, or the client left. */
  readonly observe: (permit: Permit, target: Target, end: AttemptEnd, failure: Failure | undefined) => void;
}

export interface TryInput {
  readonly run: Run;
  readonly outlet: Outlet;
  readonly request: ReadRequest;
  readonly candidate: Candidate;
  readonly budgetsOf: (target: Target) => readonly BudgetLimit[];
  readonly wallet: Account | undefined;
  readonly feeBps: number;
  readonly configVersion: number;
  readonly timeouts: UpstreamTimeouts;
  readonly closes: AttemptInput['closes'];
  readonly lane: Lane;
  readonly record: AttemptInput['record'];
}

export type Tried =
  | { readonly kind: 'ended'; readonly end: AttemptEnd; readonly bridge: Bridge; readonly permit: Permit }
  | NotSent;

export interface NotSent {
  readonly kind: 'not-sent';
  readonly error: GatehouseError;
  /** No other target would do either. */
  readonly stop: boolean;
  /** A cheaper one might fit. */
  readonly downgrade: boolean;
}

/** Throws GatehouseError for what no other target could change: the client left, the ledger cannot be written. */
export async function tryTarget(parts: TargetParts, input: TryInput): Promise<Tried> {
  const { target } = input.candidate;
  const admission = parts.breakers.admit(endpointOf(target), parts.clock.nowMs());
  if (!admission.ok) return notSent(breakerOpen(target, admission, parts.clock.nowMs()));
  const { permit } = admission;
  let reached = false;
  try {
    const secret = await parts.secretOf(target.provider);
    input.run.throwIfAborted();
    const tried = await withinBudgets(parts, input, secret);
    reached = tried.kind === 'ended';
    return tried.kind === 'ended' ? { ...tried, permit } : tried;
  } catch (error) {
    if (error instanceof GatehouseError && ANOTHER_MAY_DO.has(error.code)) return notSent(error);
    throw error;
  } finally {
    // A probe that was never made must not block the next one.
    if (!reached) parts.breakers.abandon(permit, parts.clock.nowMs());
  }
}

/** Says of this target, or of its protocol, that it cannot take the call as it is. */
const ANOTHER_MAY_DO: ReadonlySet<string> = new Set([
  'credential_missing',
  'credential_unavailable',
  'price_unknown',
  'invalid_request',
]);

async function withinBudgets(
  parts: TargetParts,
  input: TryInput,
  secret: string | undefined,
): Promise<NotSent | Omit<Extract<Tried, { kind: 'ended' }>, 'permit'>> {
  const { target } = input.candidate;
  let limits = input.budgetsOf(target);
  let maxOutputTokens: number | undefined;
  // Each budget is settled once at most, so this ends.
  for (let settled = 0; ; settled += 1) {
    const barred = barredBy(parts, target);
    if (barred !== undefined) return notSent(barred);
    const bridge = bridgeTo(parts, input, maxOutputTokens);
    input.run.note(bridgeFacts(bridge, input.run.warnings));
    const end = await attempt(parts, {
      run: input.run,
      bridge,
      target,
      secret,
      limits,
      wallet: input.wallet,
      feeBps: input.feeBps,
      configVersion: input.configVersion,
      timeouts: input.timeouts,
      outlet: input.outlet,
      closes: input.closes,
      lane: input.lane,
      record: input.record,
      onCommit: (status, headers) => {
        const { run, outlet } = input;
        // Before anything is written: the others are stopped by it.
        input.lane.win();
        run.publish({
          ...bridgeFacts(bridge, run.warnings),
          state: 'streaming',
          status,
          provider: target.provider.config.id,
          modelServed: target.modelId,
          firstTokenMs: run.elapsedMs(),
        });
        run.markHeadSent();
        sendStreamHead(outlet, run, bridge, status, headers);
      },
    });
    if (end.kind === 'ended') return { kind: 'ended', end, bridge };
    const step = await settleOverBudget(parts, {
      over: end,
      // A budget that somebody named "wallet" is not the wallet.
      limit: end.budget.scope === 'wallet' ? undefined : limits.find(({ budgetId }) => budgetId === end.budget.id),
      facts: bridge.facts,
      target,
      feeBps: input.feeBps,
      run: input.run,
      again: settled > limits.length,
    });
    switch (step.do) {
      case 'clamp':
        ({ maxOutputTokens } = step);
        input.run.warn(`clamped_max_tokens(${maxOutputTokens})`);
        break;
      case 'leave-out':
        limits = limits.filter(({ budgetId }) => budgetId !== end.budget.id);
        break;
      case 'again':
        // The call runs on the config and the key it came with, which know nothing of the raise.
        limits = limits.map((limit) =>
          limit.budgetId === end.budget.id ? { ...limit, limitNano: step.limitNano } : limit,
        );
        break;
      case 'refuse':
        return { kind: 'not-sent', error: step.error, stop: step.stop, downgrade: step.downgrade };
      default:
        step satisfies never;
    }
  }
}

function bridgeTo(
  parts: TargetParts,
  { run, request, candidate }: TryInput,
  maxOutputTokens: number | undefined,
): Bridge {
  const { inbound } = run;
  return buildBridge({
    dialect: inbound.dialect,
    body: request.body,
    path: inbound.path,
    inspected: request.inspected,
    call: request.shape.call,
    target: candidate.target,
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    requestId: inbound.requestId,
    createdAt: Math.floor(inbound.receivedAtMs / 1000),
    newId: (prefix) => prefix + newId('att', parts.clock.nowMs()).slice(4),
  });
}

function notSent(error: GatehouseError): NotSent {
  return { kind: 'not-sent', error, stop: false, downgrade: false };
}

/** What has happened since the plan was made: a plan's later targets may be tried a minute after it. */
function barredBy(
  { killSwitches, credentialBook }: TargetParts,
  { provider, modelId }: Target,
): GatehouseError | undefined {
  const { id } = provider.config;
  const stopped = killSwitches.stoppedBy({ provider: id, model: modelId });
  if (stopped !== undefined) return killedScopeError(stopped);
  if (credentialBook.of(id) === undefined) return undefined;
  return new GatehouseError(
    'credential_unavailable',
    `${id} refused its credential and is not tried until there is another one; enter it under Providers`,
  );
}

function breakerOpen(
  { provider, modelId }: Target,
  { retryAtMs, cause }: Extract<Admission, { ok: false }>,
  nowMs: number,
): GatehouseError {
  const why =
    cause?.kind === 'rate_limited' ? 'asked to be left alone for a while (too many requests)' : 'failed repeatedly';
  return new GatehouseError(
    'no_target_available',
    `${provider.config.id}/${modelId} ${why} and is not tried until it has rested; reset it under Routing to try at once`,
    { retryAfterMs: Math.max(retryAtMs - nowMs, 1_000) },
  );
}
