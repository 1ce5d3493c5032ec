/** Why a key of the environment cannot be taken over, and what to do instead. Pure. */
import type { EnvironmentKeyView } from '../../contract-views.ts';

export function keyObstacle({ state, provider, address, variable }: EnvironmentKeyView): string | undefined {
  switch (state) {
    case 'free':
    case 'used':
      return undefined;
    case 'other_key':
      return `${provider} has another credential. Replace it under Providers if this one is better.`;
    case 'other_address':
      return `Your environment sends it to ${address}. If that is a server of its own, add it under Providers.`;
    case 'no_region':
      return 'Neither AWS_REGION nor AWS_DEFAULT_REGION is set. Add Bedrock under Providers, with its region.';
    case 'unusable':
      return `${variable} holds a line break or another character that cannot be sent. Set it again.`;
    default:
      return state satisfies never;
  }
}
