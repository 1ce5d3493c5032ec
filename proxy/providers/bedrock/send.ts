/** How Bedrock is sent to: a signature covers the body and the minute, so every request gets its own on the way out. */
import type { BaseUrl } from '../base-url.ts';
import type { Transport } from '../transport/transport.ts';
import type { Provider } from '../types.ts';
import { deferredExchange } from './deferred-exchange.ts';
import { signerFor } from './sign.ts';

export interface BedrockWay {
  readonly base: BaseUrl;
  readonly transport: Transport;
  /** Where the base URL does not tell it. */
  readonly region?: string;
  /** The wall clock: AWS refuses a signature that is five minutes off. */
  readonly now: () => Date;
}

/** The provider's `send`. Throws GatehouseError credential_missing or invalid_request before anything goes out. */
export function bedrockSend({ base, transport, region, now }: BedrockWay): Provider['send'] {
  const { host } = new URL(base.origin);
  return (request, secret, sink) => {
    const path = base.path + request.path;
    if (secret === undefined) return transport.send(base.origin, path, request, sink);
    const sign = signerFor(host, secret, region);
    return deferredExchange(async () => {
      const headers = await sign({ ...request, path }, now());
      return transport.send(base.origin, path, { ...request, headers }, sink);
    }, sink);
  };
}
