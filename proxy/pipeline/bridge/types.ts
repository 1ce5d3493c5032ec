/**
 * What stands between a client's protocol and a provider's for one attempt. The same protocol on both sides passes the
 * bytes; different ones are translated. The relay and the settlement cannot tell them apart.
 */
import type { Protocol } from '../../core/protocol.ts';
import type { UpstreamHeaders } from '../../core/upstream.ts';
import type { Warning } from '../../core/warnings.ts';
import type { ObservedResult, ProviderError, RequestFacts, StreamObserver } from '../../protocols/codec.ts';

export interface Bridge {
  /** As the provider will count them: the bounds are of what is sent. */
  readonly facts: RequestFacts;
  readonly request: {
    readonly path: string;
    readonly body: Buffer;
    /** Headers the provider's protocol needs. */
    readonly headers: Readonly<Record<string, string>>;
  };
  /** What the provider is spoken to in. */
  readonly protocol: Protocol;
  /** False: headers meant for the client's protocol stay here. */
  readonly sameProtocol: boolean;
  /** What the translation could not carry over and what has no known price, as known before sending. */
  readonly warnings: readonly Warning[];
  /** The provider began to stream; else its answer is collected whole. */
  isStream(status: number, headers: UpstreamHeaders): boolean;
  observeStream(): StreamObserver;
  /** A whole answer, as the client's protocol has it. Never throws: what is no answer is observed as malformed. */
  readResult(status: number, headers: UpstreamHeaders, body: Buffer): BridgedResult;
  /** An error event that came before any content, as the whole answer it would have been. The provider's own words. */
  errorBody(error: ProviderError): Buffer;
  /** Of the answer that goes to the client. Undefined: as the provider said. */
  readonly contentType: { readonly whole?: string; readonly stream?: string };
}

export interface BridgedResult {
  readonly observed: ObservedResult;
  readonly body: Buffer;
  /** What the status means in the client's protocol, where the provider's own number misleads (throttling as a 503). */
  readonly status?: number;
}
