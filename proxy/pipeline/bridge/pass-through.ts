/** The same protocol on both sides: the bytes with the named edits, and an observer that reads a copy. */
import type { Protocol } from '../../core/protocol.ts';
import type { UpstreamHeaders } from '../../core/upstream.ts';
import { Warnings } from '../../core/warnings.ts';
import type { InspectedRequest, PassThroughCodec, RequestEdits } from '../../protocols/codec.ts';
import type { Bridge } from './types.ts';

export interface PassThroughParts {
  readonly codec: PassThroughCodec;
  readonly protocol: Protocol;
  readonly request: InspectedRequest;
  /** The named edits, without the wish for usage that every stream gets. */
  readonly edits: RequestEdits;
  readonly path: string;
  readonly errorBody: Bridge['errorBody'];
  readonly streamType: string | undefined;
}

export function passThroughBridge(parts: PassThroughParts): Bridge {
  const { codec, protocol, request, edits, path, errorBody, streamType = 'text/event-stream' } = parts;
  const { maxOutputTokens } = edits;
  const facts = maxOutputTokens === undefined ? request.facts : { ...request.facts, maxOutputTokens };
  const warnings = new Warnings();
  const body = request.edit({ ...edits, ...(facts.stream ? { includeUsage: true } : {}) }, warnings);
  return {
    facts: { ...facts, inputTokensMax: facts.inputTokensMax + growth(request, edits) },
    request: { path, body, headers: {} },
    protocol,
    sameProtocol: true,
    warnings: warnings.list(),
    contentType: {},
    errorBody,
    isStream: (status, headers) => facts.stream && status === 200 && isOfType(headers, streamType),
    observeStream: () => codec.observeStream({ hideUsage: facts.stream && !facts.wantsUsage }),
    readResult: (_status, _headers, body) => ({ observed: codec.inspectResult(body), body }),
  };
}

/** A schema that stands for a word is longer than it. So little text is bounded by its bytes, like any. */
function growth(request: InspectedRequest, { refusals }: RequestEdits): number {
  if (refusals?.jsonObject !== true) return 0;
  return Math.max(0, request.edit({ refusals }).length - request.edit({}).length);
}

function isOfType(headers: UpstreamHeaders, wanted: string): boolean {
  const type = headers['content-type'];
  return typeof type === 'string' && type.trimStart().toLowerCase().startsWith(wanted);
}
