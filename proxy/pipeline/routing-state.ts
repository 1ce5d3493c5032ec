/** What a routing decision reads, gathered for one request. */
import type { Clock } from '../core/clock.ts';
import type { Ledger } from '../ledger/types.ts';
import { budgetExceeded } from '../limits/budget-exceeded.ts';
import type { KillSwitches } from '../limits/kill-switches.ts';
import type { CredentialBook } from '../routing/credential-book.ts';
import type { HealthBook } from '../routing/health.ts';
import type { LatencyBook } from '../routing/latency.ts';
import { stableRandom } from '../routing/stable-random.ts';
import type { RoutingState } from '../routing/state.ts';
import type { StickyBook } from '../routing/sticky-book.ts';
import type { Target } from '../routing/types.ts';
import type { ActiveConfig } from './active-config.ts';
import type { ReadRequest } from './request.ts';
import type { Run } from './run.ts';

export interface RoutingParts {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly killSwitches: KillSwitches;
  readonly credentialBook: CredentialBook;
  readonly stickyBook: StickyBook;
  readonly timeZone: () => string;
  readonly health: HealthBook;
  readonly latency: LatencyBook;
  readonly random: () => number;
}

export async function routingStateFor(
  parts: RoutingParts,
  active: ActiveConfig,
  run: Run,
  { shape }: ReadRequest,
): Promise<RoutingState> {
  const { identity, dialect } = run.inbound;
  const nowMs = parts.clock.nowMs();
  const capped = identity.policy?.cap !== undefined;
  const budgeted = dialect.free !== true && (active.budgets.length > 0 || capped || active.config.wallet.enabled);
  // A forced model has nobody to give way to: its one reserve says whether it fits, without asking twice.
  const chosen = active.providers.has(shape.asked.slice(0, Math.max(0, shape.asked.indexOf('/'))));
  const left = budgeted && !chosen ? await leftByTarget(parts.ledger, active, run) : undefined;
  return {
    providers: active.providers,
    rules: active.routing,
    nowMs,
    // Asking the system for its time zone takes longer than the whole decision, and only a rule's time of day wants it.
    get timeZone() {
      return parts.timeZone();
    },
    health: parts.health.endpoint,
    credential: (providerId) => (parts.credentialBook.of(providerId) === undefined ? 'unknown' : 'refused'),
    killed: parts.killSwitches.killed,
    leftNano: left?.nano ?? (() => undefined),
    budgeted,
    stickyTarget: (conversation) => parts.stickyBook.target(conversation, nowMs),
    random: stableRandom,
    freshRandom: parts.random,
    ...(left === undefined ? {} : { budgetRefusal: left.refusal }),
  };
}

/** One look at the books for all candidates. What is reserved in the meantime, the reserve itself finds. */
async function leftByTarget(
  ledger: Ledger,
  active: ActiveConfig,
  { inbound }: Run,
): Promise<{
  readonly nano: (target: Target) => number | undefined;
  readonly refusal: NonNullable<RoutingState['budgetRefusal']>;
}> {
  const { identity } = inbound;
  const every = [...active.budgets, ...active.keyCapsOf(identity)];
  const { budgets } = await ledger.spend(every);
  const views = new Map(budgets.map((view) => [view.id, view]));
  const tightest = (target: Target) =>
    active
      .budgetsOf(identity, target)
      // A budget that asks, clamps or downgrades is not in the way: the attempt itself settles it.
      .filter(({ onLimit }) => onLimit === 'block')
      .flatMap(({ budgetId }) => views.get(budgetId) ?? [])
      .sort((a, b) => a.leftNano - b.leftNano)[0];
  return {
    nano: (target) => tightest(target)?.leftNano,
    refusal: (target, neededNano) => {
      const budget = tightest(target);
      if (budget === undefined) throw new RangeError('no budget stands in the way of this target');
      return budgetExceeded(budget, neededNano, inbound.receivedAtMs);
    },
  };
}
