/** A response request, read from its bytes: what the pipeline must know, and where the edits go. */
import type { InspectedRequest, RequestFacts } from '../codec.ts';
import { invalid, scanBody } from '../json/request-body.ts';
import type { JsonDocument, JsonRange } from '../json/scan.ts';
import { limitIn, searchesMaxOf } from '../search-tools.ts';
import { editRequest } from './edit-request.ts';
import { SizeVisitor } from './request-size.ts';

/** Fields this gateway acts on. Twice the same one is refused: which one counts would be the provider's guess, not ours. */
const FIELDS = ['model', 'input', 'stream', 'max_output_tokens', 'max_tool_calls', 'tools'] as const;
type Field = (typeof FIELDS)[number];
export type RequestFields = { readonly [K in Field]?: JsonRange };

/** Some clients write a huge number for "no limit". No model writes this much, and sums of money stay whole numbers. */
const OUTPUT_TOKENS_MAX = 10_000_000;

/** Throws GatehouseError invalid_utf8, invalid_json, too_deep or invalid_request (with the field's name as `param`). */
export function inspectRequest(body: Buffer): InspectedRequest {
  const visitor = new SizeVisitor(body);
  const document = scanBody(body, visitor);
  const fields = pickFields(document);
  const stream = readStream(body, fields);
  const maxOutputTokens = readLimit(body, fields);
  const present = new Set(document.members.filter(({ value }) => !isNull(body, value)).map(({ key }) => key));
  checkInput(present);
  const tools = fields.tools === undefined ? undefined : body.subarray(fields.tools.start, fields.tools.end);
  const toolCallsMax = fields.max_tool_calls === undefined ? undefined : parseRange(body, fields.max_tool_calls);
  const searchesMax = searchesMaxOf(tools, ({ type }) =>
    typeof type === 'string' && type.startsWith('web_search') ? { limit: limitIn(toolCallsMax) } : undefined,
  );
  const facts: RequestFacts = {
    model: readModel(body, fields),
    stream,
    // It rides in the last event, asked for or not.
    wantsUsage: stream,
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens: Math.min(maxOutputTokens, OUTPUT_TOKENS_MAX) }),
    choices: 1,
    ...(searchesMax === undefined ? {} : { searchesMax }),
    marks: visitor.marks.read(),
    ...visitor.size(present, tools),
  };
  return { facts, edit: (edits) => editRequest(body, fields, facts, edits) };
}

function pickFields(document: JsonDocument): RequestFields {
  const found: { [K in Field]?: JsonRange } = {};
  for (const { key, value } of document.members) {
    if (!isField(key)) continue;
    if (found[key] !== undefined) throw invalid(key, `"${key}" stands twice in the request body; send it once`);
    found[key] = value;
  }
  return found;
}

function isField(key: string): key is Field {
  return (FIELDS as readonly string[]).includes(key);
}

function isNull(body: Buffer, { start, end }: JsonRange): boolean {
  return end - start === 4 && body[start] === 0x6e;
}

/** A stored prompt or conversation may hold all there is to answer. */
function checkInput(present: ReadonlySet<string>): void {
  const sources = ['input', 'instructions', 'prompt', 'conversation', 'previous_response_id'];
  if (sources.some((source) => present.has(source))) return;
  throw invalid('input', 'the field "input" is missing; send a string or a list of items');
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

function readLimit(body: Buffer, fields: RequestFields): number | undefined {
  const range = fields.max_output_tokens;
  const value = range === undefined ? undefined : parseRange(body, range);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) {
    throw invalid('max_output_tokens', '"max_output_tokens" must be a whole number from 1 up');
  }
  return value;
}

function parseRange(body: Buffer, range: JsonRange): unknown {
  return JSON.parse(body.toString('utf8', range.start, range.end));
}
