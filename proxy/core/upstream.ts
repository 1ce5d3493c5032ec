/**
 * One exchange with a provider, push style: the transport (undici) and the simulator both speak it, so the pipeline
 * cannot tell them apart. Push rather than streams because a relay of many small chunks is mostly stream overhead.
 */
import type { GatehouseError } from './errors.ts';

/** Milliseconds. Each is a different failure with its own code. */
export interface UpstreamTimeouts {
  readonly connectMs: number;
  readonly firstByteMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
}

export interface UpstreamRequest {
  readonly method: 'GET' | 'POST';
  /** Below the provider's base URL, e.g. `/chat/completions`. */
  readonly path: string;
  /** Lower-case names. Authentication is added by the provider, not by the caller. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly timeouts: UpstreamTimeouts;
}

export type UpstreamHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Called in this order: onHead once, onData any number of times, then exactly one of onEnd and onError. */
export interface UpstreamSink {
  onHead(status: number, headers: UpstreamHeaders): void;
  /** False asks for a pause; the exchange's `resume` ends it. */
  onData(chunk: Buffer): boolean;
  onEnd(): void;
  /** Always one of the upstream_* codes. Not called after `abort`. */
  onError(error: GatehouseError): void;
}

export interface UpstreamExchange {
  resume(): void;
  /** Closes the connection at once; no further call to the sink. */
  abort(): void;
}
