/** What the schema alone cannot say: parts of later releases, where we listen, prices that cannot be meant. */
import type { Config, ModelConfig } from '../contract/config.ts';
import { unsupportedPaths } from '../contract/unsupported.ts';
import { alertFindings } from './check-alerts.ts';
import { type ConfigProblem, type PathSegment, pathText } from './problem.ts';

export interface CheckFinding {
  readonly path: readonly PathSegment[];
  readonly message: string;
}

/** Below this, in USD per million tokens, a price is a price per token typed by mistake (no model is that cheap). */
const USD_PER_MTOK_PLAUSIBLE_MIN = 0.0005;
const PRICE_FIELDS = [
  'inputUsdPerMTok',
  'outputUsdPerMTok',
  'cacheReadUsdPerMTok',
  'cacheWriteUsdPerMTok',
  'reasoningUsdPerMTok',
] as const satisfies readonly (keyof ModelConfig)[];

/** Every finding, in the order of the file; empty when this release can run the config. */
export function checkConfig(config: Config): CheckFinding[] {
  return [
    ...hostFindings(config),
    ...priceFindings(config),
    ...halfPriceFindings(config),
    ...addressFindings(config),
    ...alertFindings(config),
    ...unsupportedFindings(config),
  ];
}

/** Findings of a room that this one does not know (routing's names and patterns), handed in by whoever composes them. */
export type CheckMore = (config: Config) => readonly CheckFinding[];

/** The same for a config that is not from a file: changes made in the window, providers saved over the control contract. */
export function configProblems(config: Config, more?: CheckMore): ConfigProblem[] {
  return [...checkConfig(config), ...(more?.(config) ?? [])].map(({ path, message }) => ({
    path: pathText(path),
    message,
  }));
}

export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function hostFindings(config: Config): CheckFinding[] {
  if (isLoopbackHost(config.server.host)) return [];
  return [
    {
      path: ['server', 'host'],
      message:
        'this release listens on loopback only: expected 127.0.0.1, ::1 or localhost (on another address everybody on the network could spend your money)',
    },
  ];
}

function priceFindings(config: Config): CheckFinding[] {
  return config.providers.flatMap((provider, providerIndex) =>
    provider.models.flatMap((model, modelIndex) =>
      PRICE_FIELDS.flatMap((field) => {
        const usd = model[field];
        if (usd === undefined || usd === 0 || usd >= USD_PER_MTOK_PLAUSIBLE_MIN) return [];
        const perMillion = Number((usd * 1_000_000).toPrecision(6));
        return [
          {
            path: ['providers', providerIndex, 'models', modelIndex, field],
            message: `found ${usd}, which looks like a price per token; expected USD per million tokens (${perMillion} if it was per token)`,
          },
        ];
      }),
    ),
  );
}

/** One price of two is no price: the call would be refused under a budget. Kind openai may have the other in the catalog. */
function halfPriceFindings(config: Config): CheckFinding[] {
  return config.providers.flatMap((provider, providerIndex) =>
    provider.models.flatMap((model, modelIndex) => {
      const given = PRICE_FIELDS.filter((field) => model[field] !== undefined);
      const missing = (['inputUsdPerMTok', 'outputUsdPerMTok'] as const).filter((field) => model[field] === undefined);
      if (provider.kind === 'openai' || given.length === 0 || missing.length === 0) return [];
      return [
        {
          path: ['providers', providerIndex, 'models', modelIndex],
          message: `found ${given.join(', ')} without ${missing.join(' and ')}; expected both inputUsdPerMTok and outputUsdPerMTok (0 is free), or none`,
        },
      ];
    }),
  );
}

/** Parts of an address that would silently be lost, or that carry a secret. */
function addressFindings(config: Config): CheckFinding[] {
  return config.providers.flatMap((provider, index) => {
    if (provider.baseUrl === undefined) return [];
    const url = new URL(provider.baseUrl);
    const path = ['providers', index, 'baseUrl'];
    if (url.username !== '' || url.password !== '')
      return [{ path, message: 'found a user name or password in the address; expected it as the credential' }];
    if (url.search !== '' || url.hash !== '')
      return [{ path, message: 'found a query or fragment (? or #) in the address; expected it to end with the path' }];
    return [];
  });
}

function unsupportedFindings(config: Config): CheckFinding[] {
  return unsupportedPaths(config).map((shownPath) => ({
    path: segments(shownPath.replace(/ \(.*$/, '')),
    message: `not supported yet: ${shownPath}`,
  }));
}

/** `providers[0].kind` -> its segments. */
function segments(path: string): PathSegment[] {
  return path
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
