/** Chooses between passing and translating, for one target. */
import type { Call } from '../../core/call.ts';
import { GatehouseError } from '../../core/errors.ts';
import type { Protocol } from '../../core/protocol.ts';
import type { InspectedRequest, ProviderError } from '../../protocols/codec.ts';
import type { Dialect } from '../../protocols/dialects.ts';
import { upstreamPath } from '../../protocols/paths.ts';
import { PROVIDER_SIDES } from '../../protocols/registry.ts';
import type { RequestPath } from '../../protocols/translation.ts';
import type { Target } from '../../routing/types.ts';
import { callToFold } from './must-fold.ts';
import { passThroughBridge } from './pass-through.ts';
import { factsSent, observingUntold, searchWarnings, withUntoldSearches } from './searches.ts';
import { translatingBridge } from './translate.ts';
import type { Bridge } from './types.ts';

export interface BridgeInput {
  readonly dialect: Dialect;
  readonly body: Buffer;
  readonly path: RequestPath;
  readonly inspected: InspectedRequest;
  /** The decoded body, made once for all attempts; undefined where the dialect has no translation. */
  readonly call: () => Call | undefined;
  readonly target: Target;
  /** Lower than what the client allows, so that the call fits a budget. */
  readonly maxOutputTokens?: number;
  readonly requestId: string;
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly newId: (prefix: string) => string;
}

/** Throws GatehouseError invalid_request when the call cannot be said in the provider's protocol. */
export function buildBridge(input: BridgeInput): Bridge {
  const bridge = bridgeFor(input);
  const facts = factsSent(bridge);
  return {
    ...bridge,
    facts,
    warnings: [...bridge.warnings, ...searchWarnings(facts, input.target.info)],
    observeStream: () => observingUntold(facts, bridge.observeStream()),
    readResult(status, headers, body) {
      const result = bridge.readResult(status, headers, body);
      return { ...result, observed: withUntoldSearches(facts, result.observed) };
    },
  };
}

function bridgeFor(input: BridgeInput): Bridge {
  const { dialect, target, inspected, maxOutputTokens } = input;
  const facts = maxOutputTokens === undefined ? inspected.facts : { ...inspected.facts, maxOutputTokens };
  const { provider, modelId } = target;
  const quirks = provider.quirksOf(modelId);
  const spoken = protocolsFor(target);
  const native = spoken.includes(dialect.protocol);
  const folded = native ? callToFold(dialect.client, quirks, input.body) : undefined;
  if (native && folded === undefined) {
    const path = dialect.path?.(modelId) ?? upstreamPath(dialect.protocol, modelId, inspected.facts.stream);
    return passThroughBridge({
      codec: dialect.codec,
      protocol: dialect.protocol,
      request: inspected,
      edits: {
        model: modelId,
        ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
        ...(quirks.maxTokensField === undefined ? {} : { maxTokensField: quirks.maxTokensField }),
        ...(quirks.refusals === undefined ? {} : { refusals: quirks.refusals }),
      },
      path,
      errorBody: (error) => errorBody(dialect, error, input.requestId),
      streamType: dialect.streamType,
    });
  }
  const { client } = dialect;
  const decoded = folded ?? input.call();
  const protocol = native ? dialect.protocol : (spoken[0] ?? provider.protocol);
  if (client === undefined || decoded === undefined) {
    throw new GatehouseError(
      'invalid_request',
      `${dialect.name} requests cannot be served by "${provider.config.id}", whose protocol is ${provider.protocol}; choose a model of another provider`,
      { param: 'model' },
    );
  }
  return translatingBridge({
    client,
    provider: PROVIDER_SIDES[protocol],
    call: maxOutputTokens === undefined ? decoded : { ...decoded, maxOutputTokens },
    facts,
    bodyBytes: input.body.length,
    target: {
      model: modelId,
      quirks,
      ...(target.info?.maxOutputTokens === undefined ? {} : { maxOutputTokens: target.info.maxOutputTokens }),
    },
    path: upstreamPath(protocol, modelId, inspected.facts.stream),
    ...(dialect.streamType === undefined ? {} : { streamType: dialect.streamType }),
    requestId: input.requestId,
    createdAt: input.createdAt,
    newId: input.newId,
  });
}

/** Some of OpenAI's models answer on the Responses API only, whatever else the provider speaks. */
function protocolsFor({ provider, info }: Target): readonly Protocol[] {
  const responses = provider.protocols.filter((protocol) => protocol === 'openai-responses');
  return info?.responsesOnly === true && responses.length > 0 ? responses : provider.protocols;
}

/** What the path says wins over the body: in Gemini's requests only the path says it. */
export function withPath(inspected: InspectedRequest, path: RequestPath): InspectedRequest {
  const { model, stream } = path;
  if (model === undefined && stream === undefined) return inspected;
  const facts = {
    ...inspected.facts,
    ...(model === undefined ? {} : { model }),
    ...(stream === undefined ? {} : { stream }),
  };
  return { facts, edit: (edits, warnings) => inspected.edit(edits, warnings) };
}

function errorBody({ client }: Dialect, error: ProviderError, requestId: string): Buffer {
  if (client !== undefined) return client.encodeProviderError(error, requestId);
  const { message, type, code } = error;
  return Buffer.from(
    JSON.stringify({ error: { message, type: type ?? 'upstream_error', param: null, code: code ?? null } }),
  );
}
