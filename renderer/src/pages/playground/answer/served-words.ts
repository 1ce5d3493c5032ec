/** Who answers: the model that was asked, and the one it went to where that is another. */
import { endpointName } from '../../../route/route-words.ts';
import { targetValue } from '../lanes/target-words.ts';
import type { Run } from '../state/run-state.ts';

export function servedWords({ input, route }: Run): string {
  const asked = targetValue({ model: input.model, mode: input.mode });
  if (route === undefined) return asked;
  const served = endpointName(route.provider, route.model);
  const tries = route.attempts > 1 ? `, attempt ${route.attempts}` : '';
  return served === asked ? `${asked}${tries}` : `${asked} → ${served}${tries}`;
}
