/** What routing decides: which providers and models may serve a call, in which order, and why. */
import type { KeyPolicy, Mode, Tier } from '../contract/config.ts';
import type { RouteCandidate, RouteExclusion, RouteView } from '../contract/routes.ts';
import type { Call } from '../core/call.ts';
import type { Protocol } from '../core/protocol.ts';
import type { ModelInfo, Provider } from '../providers/types.ts';

export interface Target {
  readonly provider: Provider;
  /** The provider's own name for the model. */
  readonly modelId: string;
  /** Undefined: the provider may serve it, but neither catalog nor config knows it. */
  readonly info: ModelInfo | undefined;
}

/** `provider/model`: the name of an endpoint in breakers, latencies and kill switches. */
export type EndpointId = string;

export function endpointOf(target: Target): EndpointId {
  return `${target.provider.config.id}/${target.modelId}`;
}

export type BreakerStateName = 'closed' | 'open' | 'half-open';

/** What is known of an endpoint's health at this moment; what nobody measured is left out. */
export interface EndpointHealth {
  readonly breaker: BreakerStateName;
  readonly providerBreaker: BreakerStateName;
  /** Failed share of the recent outcomes, 0 to 1. */
  readonly errorRate?: number;
  /** Usual time to the first token, recent calls weighing more. */
  readonly firstTokenMs?: number;
  readonly tokensPerSecond?: number;
  /** Of an open breaker: when it lets the next call through. */
  readonly retryAtMs?: number;
}

/** What routing needs to know of a call. The costly parts are functions: a forced model's call is not decoded for them. */
export interface CallShape {
  /** The model as the client named it. */
  readonly asked: string;
  /** `models: [...]` of the request: the client's own fallbacks, in order. */
  readonly alternates: readonly string[];
  readonly protocol: Protocol;
  readonly operation: 'chat' | 'completion' | 'embedding';
  /** False: only a provider of the same protocol can serve it (embeddings, legacy completions). */
  readonly translatable: boolean;
  readonly stream: boolean;
  readonly inputTokensEstimate: number;
  /** No tokenizer counts more; what a reserve will hold money for. Left out: the estimate is taken for it. */
  readonly inputTokensMax?: number;
  readonly maxOutputTokens: number | undefined;
  readonly choices: number;
  needs(): CallNeeds;
  /** The decoded call; undefined for operations that are not decoded. Throws GatehouseError for a bad request. */
  call(): Call | undefined;
}

export interface CallNeeds {
  readonly tools: boolean;
  readonly images: boolean;
  readonly audio: boolean;
  readonly documents: boolean;
  readonly structuredOutput: boolean;
}

/** Who calls. */
export interface Caller {
  readonly accessKeyId?: string;
  readonly project?: string;
  readonly client?: string;
  /** The conversation, as the client names it (a session header); undefined: told from the messages. */
  readonly session?: string;
  /** `X-Gatehouse-Mode`. */
  readonly mode?: Mode;
  readonly policy?: KeyPolicy;
}

export interface Candidate {
  readonly target: Target;
  readonly view: RouteCandidate;
}

/** Pure data: what to try, in order. The trace is filled with attempts as they happen. */
export interface RoutePlan {
  readonly candidates: readonly Candidate[];
  readonly excluded: readonly RouteExclusion[];
  readonly kind: RouteView['kind'];
  readonly mode: Mode | undefined;
  readonly tier: Tier | undefined;
  readonly rule: string | undefined;
  readonly split: RouteView['split'];
  readonly sticky: boolean;
  /** Under which the target that serves is to be noted in the sticky book; left out where the call may not stick. */
  readonly conversation?: string;
  readonly reasons: readonly string[];
  /** Larger-context models for when a target says that the call does not fit; tried in this order. */
  readonly largerContext: readonly Candidate[];
}
