/** What the breakers of a provider say, in a line. Pure. */
import type { BreakerStateView } from '../../../../proxy/contract/routing-desk.ts';
import { formatWhen } from '../../format/time.ts';

/** Undefined while calls go to the provider and all of its models. */
export function breakerWords(
  providerId: string,
  breakers: readonly BreakerStateView[],
  nowMs: number,
): string | undefined {
  const own = breakers.find(({ id, scope }) => scope === 'provider' && id === providerId);
  if (own !== undefined && own.state !== 'closed') return stateWords(own, nowMs);
  const models = breakers.filter(
    ({ id, scope, state }) => scope === 'endpoint' && state !== 'closed' && id.startsWith(`${providerId}/`),
  );
  const [first] = models;
  if (first === undefined) return undefined;
  const which = models.length === 1 ? first.id.slice(providerId.length + 1) : `${models.length} models`;
  return `${which}: ${stateWords(first, nowMs).toLowerCase()}`;
}

/** One that is half open lets a single call through, to see. */
function stateWords({ state, retryAtMs }: BreakerStateView, nowMs: number): string {
  return state === 'half-open' || retryAtMs === undefined || retryAtMs <= nowMs
    ? 'The next call tries it again'
    : `Rests until ${formatWhen(retryAtMs, nowMs)}`;
}
