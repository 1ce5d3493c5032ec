/** A chat completion request, read from its bytes: what the pipeline must know, and where the edits go. */
import { GatehouseError } from '../../core/errors.ts';
import { asObject } from '../../core/json-value.ts';
import type { InspectedRequest, RequestFacts } from '../codec.ts';
import { type JsonDocument, type JsonRange, scanJson } from '../json/scan.ts';
import { editRequest } from './edit-request.ts';
import { checkEncoding, invalid, REQUEST_BODY } from './read-body.ts';
import { SizeVisitor } from './request-size.ts';

/** Fields this gateway acts on. Twice the same one is refused: which one counts would be the provider's guess, not ours. */
const FIELDS = ['model', 'messages', 'stream', 'stream_options', 'n', 'max_tokens', 'max_completion_tokens'] as const;
type Field = (typeof FIELDS)[number];
export type RequestFields = { readonly [K in Field]?: JsonRange };

/** Some clients write a huge number for "no limit". No model writes this much, and sums of money stay whole numbers. */
const OUTPUT_TOKENS_MAX = 10_000_000;
/** OpenAI takes 128. */
const CHOICES_MAX = 1_000;

/** Throws GatehouseError invalid_utf8, invalid_json, too_deep or invalid_request (with the field's name as `param`). */
export function inspectRequest(body: Buffer): InspectedRequest {
  checkEncoding(body);
  const visitor = new SizeVisitor(body);
  const document = scanJson(body, REQUEST_BODY, { visitor });
  if (document.kind !== 'object') throw new GatehouseError('invalid_request', `${REQUEST_BODY} must be a JSON object`);
  const fields = pickFields(document);
  const stream = readStream(body, fields);
  const streamOptions = readStreamOptions(body, fields);
  checkMessages(body, fields);
  const maxOutputTokens = maxOf(
    readPositiveInteger(body, fields, 'max_tokens'),
    readPositiveInteger(body, fields, 'max_completion_tokens'),
  );
  const facts: RequestFacts = {
    model: readModel(body, fields),
    stream,
    wantsUsage: stream && streamOptions?.include_usage === true,
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens: Math.min(maxOutputTokens, OUTPUT_TOKENS_MAX) }),
    choices: readChoices(body, fields),
    ...visitor.size(),
  };
  return { facts, edit: (edits) => editRequest(body, fields, facts, edits) };
}

function pickFields(document: JsonDocument): RequestFields {
  const found: { [K in Field]?: JsonRange } = {};
  for (const { key, value } of document.members) {
    if (!isField(key)) continue;
    if (found[key] !== undefined) throw invalid(key, `"${key}" stands twice in ${REQUEST_BODY}; send it once`);
    found[key] = value;
  }
  return found;
}

function isField(key: string): key is Field {
  return (FIELDS as readonly string[]).includes(key);
}

function readModel(body: Buffer, fields: RequestFields): string {
  const model = fields.model === undefined ? undefined : parseRange(body, fields.model);
  if (typeof model === 'string' && model !== '') return model;
  if (model === undefined)
    throw invalid('model', 'the field "model" is missing; name a model, as in provider/model-id');
  throw invalid('model', '"model" must be a non-empty string, as in provider/model-id');
}

function readStream(body: Buffer, fields: RequestFields): boolean {
  const stream = fields.stream === undefined ? undefined : parseRange(body, fields.stream);
  if (stream === undefined || stream === null) return false;
  if (typeof stream !== 'boolean') throw invalid('stream', '"stream" must be true or false');
  return stream;
}

function readStreamOptions(body: Buffer, fields: RequestFields): Readonly<Record<string, unknown>> | undefined {
  const range = fields.stream_options;
  if (range === undefined) return undefined;
  const value = parseRange(body, range);
  if (value === null) return undefined;
  const options = asObject(value);
  if (options === undefined) throw invalid('stream_options', '"stream_options" must be an object');
  return options;
}

function readChoices(body: Buffer, fields: RequestFields): number {
  const choices = readPositiveInteger(body, fields, 'n') ?? 1;
  if (choices > CHOICES_MAX) throw invalid('n', `"n" must be ${CHOICES_MAX} at most`);
  return choices;
}

function checkMessages(body: Buffer, fields: RequestFields): void {
  const range = fields.messages;
  if (range === undefined) throw invalid('messages', 'the field "messages" is missing; send a list of messages');
  if (body[range.start] !== 0x5b) throw invalid('messages', '"messages" must be a list');
  let at = range.start + 1;
  while ((body[at] ?? 0) <= 0x20) at += 1;
  if (body[at] === 0x5d) throw invalid('messages', '"messages" is empty; send at least one message');
}

function readPositiveInteger(body: Buffer, fields: RequestFields, name: 'n' | 'max_tokens' | 'max_completion_tokens') {
  const range = fields[name];
  const value = range === undefined ? undefined : parseRange(body, range);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) {
    throw invalid(name, `"${name}" must be a whole number from 1 up`);
  }
  return value;
}

/** A range the scanner found valid. Long ones (a model name of a megabyte) cost what they cost: the body limit bounds it. */
function parseRange(body: Buffer, range: JsonRange): unknown {
  return JSON.parse(body.toString('utf8', range.start, range.end));
}

function maxOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.max(a, b);
}
