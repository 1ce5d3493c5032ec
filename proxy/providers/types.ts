/** A provider as the pipeline sees it: a protocol, prices, and one way to send. */
import type { ProviderConfig } from '../contract/config.ts';
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
}

export interface Provider {
  readonly config: ProviderConfig;
  readonly protocol: Protocol;
  /** Named deviations from the protocol; a translation obeys them. */
  readonly quirks: Readonly<Quirks>;
  readonly baseUrl: string;
  /** Known models; a provider may serve others (price unknown). */
  models(): readonly ModelInfo[];
  model(id: string): ModelInfo | undefined;
  /** `secret` is the resolved credential, if the provider has one. */
  send(request: UpstreamRequest, secret: string | undefined, sink: UpstreamSink): UpstreamExchange;
}
