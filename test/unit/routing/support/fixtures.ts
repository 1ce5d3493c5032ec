/** Providers, calls and states for routing, made of the few facts a test is about. */
import type { ConfigInput, ModelConfig, ProviderConfig } from '../../../../proxy/contract/config.ts';
import { config as configSchema } from '../../../../proxy/contract/config.ts';
import type { Call } from '../../../../proxy/core/call.ts';
import type { Protocol } from '../../../../proxy/core/protocol.ts';
import type { ModelInfo, Provider } from '../../../../proxy/providers/types.ts';
import { compileRouting } from '../../../../proxy/routing/compile.ts';
import { planRoute, type RoutingState } from '../../../../proxy/routing/plan.ts';
import { stableRandom } from '../../../../proxy/routing/stable-random.ts';
import type { Caller, CallNeeds, CallShape, EndpointHealth, RoutePlan } from '../../../../proxy/routing/types.ts';

export interface ProviderFacts extends Partial<Omit<ProviderConfig, 'models'>> {
  readonly models?: readonly ModelInfo[];
  /** What the config says of single models. */
  readonly settings?: readonly ModelConfig[];
  readonly protocols?: readonly Protocol[];
  readonly url?: string;
  /** Models that it knows without listing them. */
  readonly unlisted?: readonly string[];
}

export function provider(id: string, facts: ProviderFacts = {}): Provider {
  const { models = [], settings = [], protocols = ['openai-chat'], url = 'https://example.com/v1', ...more } = facts;
  const { unlisted = [], ...config } = more;
  return {
    config: {
      id,
      kind: 'openai-compatible',
      retention: 'provider-default',
      enabled: true,
      models: [...settings],
      ...config,
    },
    protocol: protocols[0] ?? 'openai-chat',
    protocols,
    quirksOf: () => ({}),
    baseUrl: url,
    models: () => models,
    model: (name) => models.find((info) => info.id === name) ?? (unlisted.includes(name) ? { id: name } : undefined),
    send: () => {
      throw new Error('routing never sends');
    },
  };
}

/** Rates in USD per million tokens. */
export function model(
  id: string,
  usd?: readonly [input: number, output: number, cacheRead?: number],
  more: Partial<ModelInfo> = {},
): ModelInfo {
  if (usd === undefined) return { id, ...more };
  const [input, output, cacheRead] = usd;
  return {
    id,
    price: {
      inputNanoPerMTok: input * 1e9,
      outputNanoPerMTok: output * 1e9,
      ...(cacheRead === undefined ? {} : { cacheReadNanoPerMTok: cacheRead * 1e9 }),
    },
    ...more,
  };
}

export const NO_NEEDS: CallNeeds = {
  tools: false,
  images: false,
  audio: false,
  documents: false,
  structuredOutput: false,
};

export function call(text = 'Hello', more: Partial<Call> = {}): Call {
  return {
    model: 'm',
    stream: false,
    messages: [{ role: 'user', parts: [{ kind: 'text', text }] }],
    tools: [],
    ...more,
  };
}

export interface ShapeFacts extends Partial<Omit<CallShape, 'needs' | 'call'>> {
  readonly needs?: Partial<CallNeeds>;
  readonly decoded?: Call | undefined;
}

export function shape(asked: string, facts: ShapeFacts = {}): CallShape {
  const { needs, ...more } = facts;
  const decoded = 'decoded' in facts ? facts.decoded : call();
  return {
    asked,
    alternates: [],
    protocol: 'openai-chat',
    operation: 'chat',
    translatable: true,
    stream: false,
    inputTokensEstimate: 1_000,
    maxOutputTokens: undefined,
    choices: 1,
    ...more,
    needs: () => ({ ...NO_NEEDS, ...needs }),
    call: () => decoded,
  };
}

export type RoutingInput = Pick<ConfigInput, 'virtualModels' | 'routing'>;

export interface StateFacts extends Partial<Omit<RoutingState, 'providers' | 'rules' | 'health'>> {
  readonly config?: RoutingInput;
  readonly health?: Readonly<Record<string, Partial<EndpointHealth>>>;
}

export function routing(input: RoutingInput = {}): ReturnType<typeof compileRouting> {
  return compileRouting(configSchema.parse({ version: 1, ...input }));
}

export function state(providers: readonly Provider[], facts: StateFacts = {}): RoutingState {
  const { config, health = {}, ...more } = facts;
  return {
    providers: new Map(providers.map((one) => [one.config.id, one])),
    rules: routing(config),
    nowMs: Date.UTC(2026, 10, 20, 12, 0),
    timeZone: 'UTC',
    health: (endpoint) => ({ breaker: 'closed', providerBreaker: 'closed', ...health[endpoint] }),
    credential: () => 'ok',
    killed: () => false,
    leftNano: () => undefined,
    budgeted: false,
    stickyTarget: () => undefined,
    random: stableRandom,
    freshRandom: () => 0,
    ...more,
  };
}

export function plan(
  asked: string | CallShape,
  providers: readonly Provider[],
  facts: StateFacts = {},
  caller: Caller = {},
): RoutePlan {
  return planRoute(typeof asked === 'string' ? shape(asked) : asked, caller, state(providers, facts));
}

/** `provider/model because`, in order. */
export function tried({ candidates }: RoutePlan): string[] {
  return candidates.map(({ view }) => `${view.provider}/${view.model} ${view.because}`);
}

/** `provider/model: reason`. */
export function leftOut({ excluded }: RoutePlan): string[] {
  return excluded.map((one) => `${one.provider}/${one.model}: ${one.reason}`);
}
