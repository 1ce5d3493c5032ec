/** A chat completion request, read from its bytes: what the pipeline must know, and where the edits go. */
import type { InspectedRequest, RequestFacts } from '../codec.ts';
import { invalid } from '../json/request-body.ts';
import { editRequest } from './edit-request.ts';
import { RequestFields, readModel, readStream } from './request-fields.ts';
import { SizeVisitor } from './request-size.ts';
import { requestSearches } from './searches.ts';

const FIELDS = [
  'model',
  'messages',
  'stream',
  'stream_options',
  'n',
  'max_tokens',
  'max_completion_tokens',
  'tools',
  'web_search_options',
  'plugins',
] as const;

/** Throws GatehouseError invalid_utf8, invalid_json, too_deep or invalid_request (with the field's name as `param`). */
export function inspectRequest(body: Buffer): InspectedRequest {
  const visitor = new SizeVisitor(body, 'messages');
  const fields = new RequestFields(body, FIELDS, visitor);
  const { stream, wantsUsage } = readStream(fields);
  checkMessages(fields.bytes('messages'));
  const limit = fields.outputTokens(['max_tokens', 'max_completion_tokens'], 1);
  const facts: RequestFacts = {
    model: readModel(fields),
    stream,
    wantsUsage,
    ...limit,
    choices: fields.count('n'),
    ...requestSearches(fields),
    marks: visitor.marks.read(),
    ...visitor.size(),
  };
  return { facts, edit: (edits, warnings) => editRequest(body, fields, facts, edits, fields, warnings) };
}

function checkMessages(list: Buffer | undefined): void {
  if (list === undefined) throw invalid('messages', 'the field "messages" is missing; send a list of messages');
  if (list[0] !== 0x5b) throw invalid('messages', '"messages" must be a list');
  let at = 1;
  while ((list[at] ?? 0) <= 0x20) at += 1;
  if (list[at] === 0x5d) throw invalid('messages', '"messages" is empty; send at least one message');
}
