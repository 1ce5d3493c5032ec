/** The same protocol on both sides: the bytes with the named edits, and an observer that reads a copy. */
import type { Protocol } from '../../core/protocol.ts';
import type { UpstreamHeaders } from '../../core/upstream.ts';
import type { InspectedRequest, PassThroughCodec } from '../../protocols/codec.ts';
import type { Bridge } from './types.ts';

export function passThroughBridge(
  codec: PassThroughCodec,
  protocol: Protocol,
  request: InspectedRequest,
  model: string,
  path: string,
  errorBody: Bridge['errorBody'],
  streamType = 'text/event-stream',
): Bridge {
  const { facts } = request;
  return {
    facts,
    request: { path, body: request.edit({ model, ...(facts.stream ? { includeUsage: true } : {}) }), headers: {} },
    protocol,
    sameProtocol: true,
    warnings: [],
    contentType: {},
    errorBody,
    isStream: (status, headers) => facts.stream && status === 200 && isOfType(headers, streamType),
    observeStream: () => codec.observeStream({ hideUsage: facts.stream && !facts.wantsUsage }),
    readResult: (_status, _headers, body) => ({ observed: codec.inspectResult(body), body }),
  };
}

function isOfType(headers: UpstreamHeaders, wanted: string): boolean {
  const type = headers['content-type'];
  return typeof type === 'string' && type.trimStart().toLowerCase().startsWith(wanted);
}
