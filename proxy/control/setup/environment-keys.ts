/** Provider keys in the gateway's own environment. Pure: what is done with them is another file's matter. */
import type { ProviderKind } from '../../contract/config.ts';
import { KINDS } from '../../providers/kinds.ts';
import { AWS_KEY, AWS_REGIONS, KEY_VARIABLES, type KeyVariable } from './key-variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A key as found. `secret` stays in the gateway: views carry a masked form of it. */
export interface EnvironmentKey {
  readonly variable: string;
  readonly kind: ProviderKind;
  readonly secret: string;
  /** Whether the variable alone is the credential, so that `env:NAME` can stand for it. */
  readonly referable: boolean;
  /** Bedrock, where the environment says one. */
  readonly region?: string;
  /** The other server that the environment sends this key to: its origin. */
  readonly address?: string;
  readonly temporary?: true;
}

/** An access key of a Gatehouse under a provider's name: some tool on this machine is connected already. */
const OWN_KEY = /^gh_/;

export function environmentKeys(env: Environment): EnvironmentKey[] {
  const found = KEY_VARIABLES.flatMap((variable) => keyOf(variable, env) ?? []);
  const aws = awsKey(env);
  const all = aws === undefined ? found : [...found, aws];
  // GEMINI_API_KEY and GOOGLE_API_KEY are often set to the same key.
  return all.filter(
    (key, at) => all.findIndex((other) => other.kind === key.kind && other.secret === key.secret) === at,
  );
}

function keyOf({ name, kind, addresses = [] }: KeyVariable, env: Environment): EnvironmentKey | undefined {
  const secret = env[name]?.trim() ?? '';
  if (secret === '' || OWN_KEY.test(secret)) return undefined;
  const address = otherAddress(kind, addresses, env);
  const region = kind === 'bedrock' ? regionOf(env) : undefined;
  return {
    variable: name,
    kind,
    secret,
    referable: true,
    ...(address === undefined ? {} : { address }),
    ...(region === undefined ? {} : { region }),
  };
}

function awsKey(env: Environment): EnvironmentKey | undefined {
  const [id, secret, session] = [AWS_KEY.id, AWS_KEY.secret, AWS_KEY.session].map((name) => env[name]?.trim() ?? '');
  if (!id || !secret) return undefined;
  const region = regionOf(env);
  return {
    variable: AWS_KEY.id,
    kind: 'bedrock',
    secret: [id, secret, ...(session ? [session] : [])].join(':'),
    referable: false,
    ...(region === undefined ? {} : { region }),
    ...(session ? { temporary: true } : {}),
  };
}

function regionOf(env: Environment): string | undefined {
  return AWS_REGIONS.map((name) => env[name]?.trim()).find((region) => region !== undefined && region !== '');
}

/** The origin only: such addresses may carry a name and a password. Undefined: the key goes to the provider itself. */
function otherAddress(kind: ProviderKind, variables: readonly string[], env: Environment): string | undefined {
  const own = KINDS[kind].baseUrl;
  for (const name of variables) {
    const url = URL.parse(env[name]?.trim() ?? '');
    if (url !== null && (own === undefined || url.hostname !== new URL(own).hostname)) return url.origin;
  }
  return undefined;
}
