/** A provider as the pipeline sees it: a protocol, prices, and one way to send. */
import type { ProviderConfig, Tier } from '../contract/config.ts';
import type { Price } from '../core/price.ts';
import type { Protocol } from '../core/protocol.ts';
import type { UpstreamExchange, UpstreamRequest, UpstreamSink } from '../core/upstream.ts';
import type { Quirks } from '../protocols/translation.ts';

export interface ModelInfo {
  readonly id: string;
  /** Undefined: not known, and not served under a budget. */
  readonly price?: Price;
  readonly contextTokens?: number;
  readonly maxOutputTokens?: number;
  readonly description?: string;
  /** What it is called for. Undefined: chat, or not known. */
  readonly purpose?: 'chat' | 'completion' | 'embedding';
  /** `text`, `image`, `audio`, `pdf` ... Undefined, here and below: not known, which is not the same as no. */
  readonly inputModalities?: readonly string[];
  readonly outputModalities?: readonly string[];
  readonly tools?: boolean;
  readonly reasoning?: boolean;
  readonly structuredOutput?: boolean;
  /** A model of a local server that only passes it on to somebody else's. */
  readonly runsElsewhere?: true;
  /** A fire drill of the simulator: served to who asks for it by name, never chosen for anybody. */
  readonly drill?: true;
  /** Served on /v1/responses only. */
  readonly responsesOnly?: true;
  /** The same name for the same model at every provider. */
  readonly family?: string;
  readonly tier?: Tier;
  /** Benchmark scores from 0 to 100. */
  readonly quality?: number;
  readonly code?: number;
  /** For people: who says what it costs ("config", or the names of the catalog's sources), and as of which day. */
  readonly priceSource?: string;
  readonly priceAsOf?: string;
  /** The config's word on being served under a budget without a price; it wins over the provider's. */
  readonly allowUnpriced?: boolean;
}

export interface Provider {
  readonly config: ProviderConfig;
  /** What calls of other protocols are translated to: the first of `protocols`. */
  readonly protocol: Protocol;
  /** Everything it speaks by itself; calls of these pass as they are. */
  readonly protocols: readonly Protocol[];
  /** Named deviations from the protocol, with those of one model on top; a translation obeys them. */
  quirksOf(modelId: string): Readonly<Quirks>;
  readonly baseUrl: string;
  /** Known models; a provider may serve others (price unknown). */
  models(): readonly ModelInfo[];
  model(id: string): ModelInfo | undefined;
  /** `secret` is the resolved credential, if the provider has one. */
  send(request: UpstreamRequest, secret: string | undefined, sink: UpstreamSink): UpstreamExchange;
  /**
   * What the provider itself lists: not a call, nothing is billed. Undefined: it has no list. Bounded in time and size.
   * Rejects with GatehouseError upstream_*, in words for people.
   */
  readonly listModels?: (secret: string | undefined, signal: AbortSignal) => Promise<readonly ModelInfo[]>;
}
