/** How a key of the environment stands to the providers there are: whose it is, or whose it would become. */
import type { ProviderConfig } from '../../contract/config.ts';
import { providerConfig } from '../../contract/config.ts';
import type { EnvironmentKeyView } from '../../contract/setup.ts';
import { hintOf } from '../../credentials/hint.ts';
import { KINDS } from '../../providers/kinds.ts';
import type { ControlParts } from '../types.ts';
import type { EnvironmentKey } from './environment-keys.ts';
import { AWS_KEY } from './key-variables.ts';

export interface KeyStanding {
  readonly state: EnvironmentKeyView['state'];
  /** As it is in the config, or as it would be added: without a credential of its own. */
  readonly provider: ProviderConfig;
}

const SENDABLE = /^[\x20-\x7e]+$/;

export async function standingOf(
  { configKeeper, credentials }: Pick<ControlParts, 'configKeeper' | 'credentials'>,
  key: EnvironmentKey,
): Promise<KeyStanding> {
  const { providers } = configKeeper.current();
  const ofKind = providers.filter(({ kind }) => kind === key.kind);
  const referring = ofKind.find(({ credential }) => credential === `env:${key.variable}`);
  if (referring !== undefined) return { state: 'used', provider: referring };
  let without: ProviderConfig | undefined;
  let withOther: ProviderConfig | undefined;
  for (const provider of ofKind) {
    const { state, hint } = await credentials.describe(provider);
    if (state === 'missing') without ??= provider;
    else if (hint !== undefined && hint === hintOf(key.secret)) return { state: 'used', provider };
    else withOther ??= provider;
  }
  const target = without ?? withOther ?? added(key, new Set(providers.map(({ id }) => id)));
  if (!SENDABLE.test(key.secret)) return { state: 'unusable', provider: target };
  if (key.address !== undefined) return { state: 'other_address', provider: target };
  if (without === undefined && withOther !== undefined) return { state: 'other_key', provider: withOther };
  if (key.kind === 'bedrock' && target.region === undefined && target.baseUrl === undefined)
    return { state: 'no_region', provider: target };
  return { state: 'free', provider: target };
}

export function environmentKeyView(key: EnvironmentKey, { state, provider }: KeyStanding): EnvironmentKeyView {
  // Of a key in parts, the id is what a person knows it by.
  const hint = hintOf(key.variable === AWS_KEY.id ? (key.secret.split(':')[0] ?? '') : key.secret);
  return {
    variable: key.variable,
    kind: key.kind,
    label: KINDS[key.kind].label,
    ...(hint === undefined ? {} : { hint }),
    state,
    provider: provider.id,
    ...(key.address === undefined ? {} : { address: key.address }),
    referable: key.referable,
    ...(key.temporary === undefined ? {} : { temporary: key.temporary }),
  };
}

function added({ kind, region }: EnvironmentKey, taken: ReadonlySet<string>): ProviderConfig {
  const id = taken.has(kind) ? freeId(kind, taken) : kind;
  const named = providerConfig.parse({ id, kind });
  if (region === undefined || !providerConfig.shape.region.safeParse(region).success) return named;
  return { ...named, region };
}

function freeId(stem: string, taken: ReadonlySet<string>): string {
  for (let count = 2; ; count += 1) if (!taken.has(`${stem}-${count}`)) return `${stem}-${count}`;
}
