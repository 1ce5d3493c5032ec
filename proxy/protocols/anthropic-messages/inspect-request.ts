/** A messages request, read from its bytes: what the pipeline must know, and where the edits go. */
import { isUtf8 } from 'node:buffer';
import { GatehouseError } from '../../core/errors.ts';
import type { InspectedRequest, RequestEdits, RequestFacts } from '../codec.ts';
import { invalid } from '../json/request-body.ts';
import { type JsonDocument, type JsonRange, scanJson } from '../json/scan.ts';
import { limitIn, searchesMaxOf } from '../search-tools.ts';
import { lowerMaxTokens } from './lower-max-tokens.ts';
import { SizeVisitor } from './request-size.ts';
import { withoutForeignThinking } from './strip-foreign-thinking.ts';

const WHAT = 'the request body';

/** Fields this gateway acts on. Twice the same one is refused: which one counts would be the provider's guess, not ours. */
const FIELDS = ['model', 'messages', 'stream', 'max_tokens', 'tools'] as const;
type Field = (typeof FIELDS)[number];
type Fields = { readonly [K in Field]?: JsonRange };

/** Some clients write a huge number for "no limit". No model writes this much, and sums of money stay whole numbers. */
const OUTPUT_TOKENS_MAX = 10_000_000;

/** Throws GatehouseError invalid_utf8, invalid_json, too_deep or invalid_request (with the field's name as `param`). */
export function inspectRequest(body: Buffer): InspectedRequest {
  if (body.length === 0) throw new GatehouseError('invalid_json', `${WHAT} is empty; send a JSON object`);
  if (!isUtf8(body)) {
    throw new GatehouseError('invalid_utf8', `${WHAT} is not valid UTF-8; encode it as UTF-8 and send it again`);
  }
  const visitor = new SizeVisitor(body);
  const document = scanJson(body, WHAT, { visitor });
  if (document.kind !== 'object') throw new GatehouseError('invalid_request', `${WHAT} must be a JSON object`);
  const fields = pickFields(document);
  checkMessages(body, fields);
  const maxOutputTokens = readMaxTokens(body, fields);
  const stream = readStream(body, fields);
  const tools = fields.tools === undefined ? undefined : body.subarray(fields.tools.start, fields.tools.end);
  const searchesMax = searchesMaxOf(tools, ({ type, max_uses: limit }) =>
    typeof type === 'string' && type.startsWith('web_search') ? { limit: limitIn(limit) } : undefined,
  );
  const facts: RequestFacts = {
    model: readModel(body, fields),
    stream,
    // Streams of this protocol always tell their usage, and clients count on it.
    wantsUsage: stream,
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens: Math.min(maxOutputTokens, OUTPUT_TOKENS_MAX) }),
    choices: 1,
    ...(searchesMax === undefined ? {} : { searchesMax }),
    marks: visitor.marks.read(),
    ...visitor.size(),
  };
  return { facts, edit: (edits) => edit(body, fields, facts, edits) };
}

function edit(
  body: Buffer,
  { model, messages, max_tokens: maxTokens }: Fields,
  facts: RequestFacts,
  edits: RequestEdits,
): Buffer {
  const kept = messages === undefined ? undefined : withoutForeignThinking(body, messages);
  const renamed = edits.model === undefined || edits.model === facts.model ? undefined : JSON.stringify(edits.model);
  return splice(body, [
    ...(model === undefined || renamed === undefined ? [] : [{ ...model, text: renamed }]),
    ...(messages === undefined || kept === undefined ? [] : [{ ...messages, text: kept }]),
    ...(edits.maxOutputTokens === undefined ? [] : lowerMaxTokens(body, { maxTokens, model }, edits.maxOutputTokens)),
  ]);
}

/** The very same buffer when nothing changes. */
function splice(body: Buffer, splices: readonly (JsonRange & { readonly text: string })[]): Buffer {
  if (splices.length === 0) return body;
  const pieces: Buffer[] = [];
  let at = 0;
  for (const { start, end, text } of [...splices].sort((a, b) => a.start - b.start)) {
    pieces.push(body.subarray(at, start), Buffer.from(text));
    at = end;
  }
  return Buffer.concat([...pieces, body.subarray(at)]);
}

function pickFields(document: JsonDocument): Fields {
  const found: { [K in Field]?: JsonRange } = {};
  for (const { key, value } of document.members) {
    const field = FIELDS.find((known) => known === key);
    if (field === undefined) continue;
    if (found[field] !== undefined) throw invalid(field, `"${field}" stands twice in ${WHAT}; send it once`);
    found[field] = value;
  }
  return found;
}

function readModel(body: Buffer, fields: Fields): string {
  const model = fields.model === undefined ? undefined : parseRange(body, fields.model);
  if (typeof model === 'string' && model !== '') return model;
  if (model === undefined) {
    throw invalid('model', 'the field "model" is missing; name a model, as in provider/model-id');
  }
  throw invalid('model', '"model" must be a non-empty string, as in provider/model-id');
}

function readStream(body: Buffer, fields: Fields): boolean {
  const stream = fields.stream === undefined ? undefined : parseRange(body, fields.stream);
  if (stream === undefined || stream === null) return false;
  if (typeof stream !== 'boolean') throw invalid('stream', '"stream" must be true or false');
  return stream;
}

/** 0 is allowed here: it warms the cache. */
function readMaxTokens(body: Buffer, fields: Fields): number | undefined {
  const value = fields.max_tokens === undefined ? undefined : parseRange(body, fields.max_tokens);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw invalid('max_tokens', '"max_tokens" must be a whole number from 0 up');
  }
  return value;
}

function checkMessages(body: Buffer, { messages }: Fields): void {
  if (messages === undefined) throw invalid('messages', 'the field "messages" is missing; send a list of messages');
  if (body[messages.start] !== 0x5b) throw invalid('messages', '"messages" must be a list');
  let at = messages.start + 1;
  while ((body[at] ?? 0) <= 0x20) at += 1;
  if (body[at] === 0x5d) throw invalid('messages', '"messages" is empty; send at least one message');
}

/** A range that the scanner found valid. */
function parseRange(body: Buffer, range: JsonRange): unknown {
  return JSON.parse(body.toString('utf8', range.start, range.end));
}
