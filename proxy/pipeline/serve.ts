/** One request from its bytes to its answer: decode -> gates -> route -> the targets of the plan, one after the other. */
import type { RouteView } from '../contract/routes.ts';
import { GatehouseError } from '../core/errors.ts';
import { tierBelow } from '../limits/downgrade.ts';
import { feeBpsFor } from '../limits/fees.ts';
import type { PromptLookup } from '../prompts/types.ts';
import { askedPrice } from '../routing/asked-price.ts';
import { hedgeAfterMs } from '../routing/hedge.ts';
import { planRoute } from '../routing/plan.ts';
import type { RoutingState } from '../routing/state.ts';
import { type Caller, type Candidate, endpointOf, type RoutePlan } from '../routing/types.ts';
import type { ActiveConfig } from './active-config.ts';
import { callerOf } from './caller.ts';
import { failOver } from './failover.ts';
import { type GateParts, passGates } from './gates.ts';
import { HOP_HEADER } from './headers.ts';
import { observeAttempt } from './observe.ts';
import { type ReadRequest, readRequest } from './request.ts';
import { sendEstimate } from './respond.ts';
import { type RoutingParts, routingStateFor } from './routing-state.ts';
import type { Run } from './run.ts';
import { routeViewOf, Trail } from './trail.ts';
import type { TargetParts } from './try-target.ts';
import type { Outlet } from './types.ts';

export interface ServeParts extends GateParts, RoutingParts, Omit<TargetParts, 'observe'> {
  readonly savedPrompts: PromptLookup;
}

/** Throws GatehouseError: what the failure exit is to tell. The record is written with the last attempt's entry. */
export async function serve(
  parts: ServeParts,
  active: ActiveConfig,
  run: Run,
  outlet: Outlet,
  record: () => void,
): Promise<void> {
  const request = readRequest(run.inbound, parts.savedPrompts);
  const { model, stream } = request.inspected.facts;
  const { prompt } = request;
  if (prompt !== undefined) run.addHeaders({ 'x-gatehouse-prompt': prompt });
  run.note({ modelAsked: model, stream, ...(prompt === undefined ? {} : { savedPrompt: prompt }) });
  refuseOwnCalls(run, parts.hop);
  const passage = passGates(parts, active.config, run, request);
  try {
    const caller = callerOf(run.inbound);
    const state = await routingStateFor(parts, active, run, request);
    const plan = planRoute(request.shape, caller, state);
    if (answerHere(run, outlet, request, plan)) return;
    await send(parts, active, run, outlet, record, { request, caller, state, plan });
  } finally {
    passage.end();
  }
}

/** The plan alone; the gates are not passed, for nothing is taken from them. */
export async function planOnly(parts: ServeParts, active: ActiveConfig, run: Run): Promise<RouteView> {
  const request = readRequest(run.inbound, parts.savedPrompts);
  const state = await routingStateFor(parts, active, run, request);
  const plan = planRoute(request.shape, callerOf(run.inbound), state);
  return routeViewOf(request.shape.asked, plan, []);
}

interface Planned {
  readonly request: ReadRequest;
  readonly caller: Caller;
  readonly state: RoutingState;
  readonly plan: RoutePlan;
}

async function send(
  parts: ServeParts,
  active: ActiveConfig,
  run: Run,
  outlet: Outlet,
  record: () => void,
  { request, caller, state, plan }: Planned,
): Promise<void> {
  const trail = new Trail(request.shape.asked, plan);
  run.follow(trail, askedPrice(request.shape.asked, state));
  run.inbound.onRoute?.(() => trail.view());
  notePlan(run, plan);
  const { conversation } = plan;
  await failOver(
    {
      ...parts,
      observe: (permit, target, end, failure) => {
        observeAttempt(parts.health, { permit, target, end, failure });
        if (conversation !== undefined && failure === undefined && end.outcome.kind !== 'aborted')
          parts.stickyBook.note(conversation, endpointOf(target), parts.clock.nowMs());
      },
    },
    {
      run,
      outlet,
      request,
      candidates: plan.candidates,
      largerContext: plan.largerContext,
      cheaperThan: (candidate) => cheaperThan(candidate, request, caller, state, run),
      budgetsOf: (target) => active.budgetsOf(run.inbound.identity, target),
      wallet: active.config.wallet.enabled ? 'global' : undefined,
      feeBps: feeBpsFor(active.config.fees, run.inbound.identity),
      configVersion: active.version,
      limits: active.retryLimits,
      hedgeAfterMs: (candidate, attemptsLeft) =>
        hedgeAfterMs({
          enabled: active.config.routing.hedge === true,
          mode: plan.mode,
          stream: request.shape.stream,
          latency: parts.latency.of(endpointOf(candidate.target), parts.clock.nowMs()),
          othersLeft: plan.candidates.length - 1,
          attemptsLeft: attemptsLeft - 1,
        }),
      trail,
      random: parts.random,
      record,
    },
  );
}

/** Budgets with onLimit downgrade: the call is planned again as if it had asked for `auto` below the tier that was too dear. */
function cheaperThan(
  { target }: Candidate,
  { shape }: ReadRequest,
  caller: Caller,
  state: RoutingState,
  run: Run,
): readonly Candidate[] {
  const below = tierBelow(target.info?.tier ?? 'premium');
  if (below === undefined) return [];
  try {
    const plan = planRoute(
      { ...shape, asked: 'auto', alternates: [] },
      { ...caller, policy: { ...caller.policy, maxTier: below } },
      state,
    );
    run.warn('downgraded_for_budget');
    return plan.candidates;
  } catch (error) {
    // Nothing cheaper can serve it: the refusal of the budget stands.
    if (error instanceof GatehouseError && error.code !== 'invalid_request') return [];
    throw error;
  }
}

function notePlan(run: Run, { mode, rule, split }: RoutePlan): void {
  if (mode === undefined && rule === undefined && split === undefined) return;
  run.note({
    ...(mode === undefined ? {} : { mode }),
    ...(rule === undefined ? {} : { rule }),
    ...(split === undefined ? {} : { split }),
  });
}

/** Token counts that no provider of another protocol can give are estimated here. */
function answerHere(run: Run, outlet: Outlet, { body }: ReadRequest, plan: RoutePlan): boolean {
  const { estimate, protocol } = run.inbound.dialect;
  const target = plan.candidates[0]?.target;
  if (estimate === undefined || target === undefined || target.provider.protocols.includes(protocol)) return false;
  run.note({ state: 'settled', status: 200, provider: target.provider.config.id, modelServed: target.modelId });
  sendEstimate(outlet, run, estimate(body));
  return true;
}

function refuseOwnCalls({ inbound }: Run, hop: string): void {
  if (inbound.headers[HOP_HEADER] !== hop) return;
  throw new GatehouseError(
    'self_upstream',
    'a provider of this gateway points back at the gateway itself; correct its baseUrl',
  );
}
