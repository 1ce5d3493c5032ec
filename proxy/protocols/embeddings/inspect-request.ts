/** An embeddings request, read from its bytes. */
import type { InspectedRequest, RequestFacts } from '../codec.ts';
import { invalid } from '../json/request-body.ts';
import { editRequest } from '../openai-chat/edit-request.ts';
import { RequestFields, readModel } from '../openai-chat/request-fields.ts';
import { SizeVisitor } from '../openai-chat/request-size.ts';

const FIELDS = ['model', 'input', 'stream_options'] as const;
const EMPTY_INPUT = /^(?:""|null|\[\s*\])$/;
const EMPTY_INPUT_BYTES_MAX = 64;

/** Throws GatehouseError invalid_utf8, invalid_json, too_deep or invalid_request (with the field's name as `param`). */
export function inspectRequest(body: Buffer): InspectedRequest {
  const visitor = new SizeVisitor(body, 'input');
  const fields = new RequestFields(body, FIELDS, visitor);
  checkInput(fields.bytes('input'));
  const facts: RequestFacts = {
    model: readModel(fields),
    stream: false,
    wantsUsage: false,
    // Nothing is written, so nothing is held for it.
    maxOutputTokens: 0,
    choices: 1,
    marks: visitor.marks.read(),
    ...visitor.size(),
  };
  return { facts, edit: (edits) => editRequest(body, fields, facts, edits) };
}

/** Texts, tokens, or parts with images (OpenRouter): what of these a model takes is the provider's to say. */
function checkInput(input: Buffer | undefined): void {
  if (input === undefined) throw invalid('input', 'the field "input" is missing; send a text or a list of texts');
  if (input.length <= EMPTY_INPUT_BYTES_MAX && EMPTY_INPUT.test(input.toString('latin1'))) {
    throw invalid('input', '"input" is empty; send a text or a list of texts');
  }
}
