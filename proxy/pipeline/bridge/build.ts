/** Chooses between passing and translating, for one target. */
import type { Call } from '../../core/call.ts';
import { GatehouseError } from '../../core/errors.ts';
import type { Protocol } from '../../core/protocol.ts';
import type { InspectedRequest, ProviderError } from '../../protocols/codec.ts';
import { upstreamPath } from '../../protocols/paths.ts';
import { CODECS } from '../../protocols/registry.ts';
import type { RequestPath } from '../../protocols/translation.ts';
import type { Target } from '../../routing/types.ts';
import { passThroughBridge } from './pass-through.ts';
import { translatingBridge } from './translate.ts';
import type { Bridge } from './types.ts';

export interface BridgeInput {
  readonly protocol: Protocol;
  readonly body: Buffer;
  readonly path: RequestPath;
  readonly inspected: InspectedRequest;
  readonly target: Target;
  readonly requestId: string;
  readonly createdAt: number;
  readonly newId: (prefix: string) => string;
}

/** Throws GatehouseError invalid_request when the call cannot be said in the provider's protocol. */
export function buildBridge(input: BridgeInput): Bridge {
  const { protocol, inspected, target } = input;
  const { provider, modelId } = target;
  const path = upstreamPath(provider.protocol, modelId, inspected.facts.stream);
  const own = CODECS[protocol];
  if (own === undefined) throw new GatehouseError('invalid_request', `no client speaks ${protocol} to this gateway`);
  if (provider.protocol === protocol)
    return passThroughBridge(
      own.passThrough,
      inspected,
      modelId,
      path,
      (error) => own.client?.encodeProviderError(error, input.requestId) ?? openAiErrorBody(error),
    );
  const client = own.client;
  const side = CODECS[provider.protocol]?.provider;
  if (client === undefined || side === undefined) {
    throw new GatehouseError(
      'invalid_request',
      `a ${protocol} request cannot be served by a ${provider.protocol} provider yet; choose a model of another provider`,
      { param: 'model' },
    );
  }
  const call: Call = client.decodeRequest(input.body, input.path);
  return translatingBridge({
    client,
    provider: side,
    call,
    facts: inspected.facts,
    bodyBytes: input.body.length,
    target: {
      model: modelId,
      quirks: provider.quirks,
      ...(target.info?.maxOutputTokens === undefined ? {} : { maxOutputTokens: target.info.maxOutputTokens }),
    },
    path,
    requestId: input.requestId,
    createdAt: input.createdAt,
    newId: input.newId,
  });
}

/** What the path says wins over the body: in Gemini's and Bedrock's requests only the path says it. */
export function withPath(inspected: InspectedRequest, path: RequestPath): InspectedRequest {
  const { model, stream } = path;
  if (model === undefined && stream === undefined) return inspected;
  const facts = {
    ...inspected.facts,
    ...(model === undefined ? {} : { model }),
    ...(stream === undefined ? {} : { stream }),
  };
  return { facts, edit: (edits) => inspected.edit(edits) };
}

function openAiErrorBody({ message, type, code }: ProviderError): Buffer {
  return Buffer.from(
    JSON.stringify({ error: { message, type: type ?? 'upstream_error', param: null, code: code ?? null } }),
  );
}
