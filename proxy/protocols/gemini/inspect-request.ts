/** A generateContent request, read from its bytes. Model and stream stand in the path: the route knows them. */
import { GatehouseError } from '../../core/errors.ts';
import type { InspectedRequest, RequestEdits, RequestFacts } from '../codec.ts';
import { tryParseLossless } from '../json/lossless.ts';
import type { Splice } from '../json/lower-numbers.ts';
import { checkEncoding } from '../json/request-body.ts';
import { type JsonDocument, type JsonRange, scanJson } from '../json/scan.ts';
import { searchesMaxOf } from '../search-tools.ts';
import { lowerMaxTokens } from './lower-max-tokens.ts';
import { bareModelName } from './models.ts';
import { SizeVisitor } from './request-size.ts';
import { asJsonObject, camelName, field } from './wire.ts';

const WHAT = 'the request body';

/** Fields this gateway acts on. Twice the same one, in either spelling, is refused: which one counts would be a guess. */
const FIELDS = ['model', 'contents', 'generationConfig', 'generateContentRequest', 'tools'] as const;
type Field = (typeof FIELDS)[number];
type Fields = { readonly [K in Field]?: JsonRange };

/** Some clients write a huge number for "no limit". No model writes this much, and sums of money stay whole numbers. */
const OUTPUT_TOKENS_MAX = 10_000_000;
/** Google takes 8. */
const CHOICES_MAX = 1_000;

const SEARCH_TOOLS: ReadonlySet<string> = new Set(['googleSearch', 'googleSearchRetrieval']);

/** Throws GatehouseError invalid_utf8, invalid_json, too_deep or invalid_request (with the field's name as `param`). */
export function inspectRequest(body: Buffer): InspectedRequest {
  return inspect(body, 'contents');
}

/** countTokens: the contents, or a whole request around them. */
export function inspectCountTokens(body: Buffer): InspectedRequest {
  return inspect(body, 'generateContentRequest');
}

function inspect(body: Buffer, wanted: 'contents' | 'generateContentRequest'): InspectedRequest {
  checkEncoding(body);
  const visitor = new SizeVisitor(body);
  const document = scanJson(body, WHAT, { visitor });
  if (document.kind !== 'object') throw new GatehouseError('invalid_request', `${WHAT} must be a JSON object`);
  const fields = pickFields(document);
  if (fields[wanted] === undefined) checkContents(body, fields);
  const config = readConfig(body, fields);
  const maxOutputTokens = positiveInteger(config, 'maxOutputTokens');
  const tools = fields.tools === undefined ? undefined : body.subarray(fields.tools.start, fields.tools.end);
  const searchesMax = searchesMaxOf(tools, (tool) =>
    Object.keys(tool).some((key) => SEARCH_TOOLS.has(camelName(key))) ? { limit: undefined } : undefined,
  );
  const facts: RequestFacts = {
    model: readModel(body, fields),
    stream: false,
    // Streams of this protocol always tell their usage, and clients count on it.
    wantsUsage: true,
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens: Math.min(maxOutputTokens, OUTPUT_TOKENS_MAX) }),
    choices: readChoices(config),
    ...(searchesMax === undefined ? {} : { searchesMax }),
    marks: visitor.marks.read(),
    ...visitor.size(),
  };
  if (fields.contents !== undefined) checkContents(body, fields);
  return { facts, edit: (edits) => edit(body, fields, edits) };
}

/** The model's name in the body, which few clients send, must be the one in the path. */
function renamed(body: Buffer, { model }: Fields, edits: RequestEdits): readonly Splice[] {
  if (model === undefined || edits.model === undefined) return [];
  const before = body.toString('utf8', model.start, model.end);
  const after = JSON.stringify(before.startsWith('"models/') ? `models/${edits.model}` : edits.model);
  return before === after ? [] : [{ ...model, text: after }];
}

/** The very same buffer when nothing changes. */
function edit(body: Buffer, fields: Fields, edits: RequestEdits): Buffer {
  const { maxOutputTokens: max } = edits;
  const shortened = max === undefined ? [] : lowerMaxTokens(body, fields.generationConfig, max);
  return [...renamed(body, fields, edits), ...shortened]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, text: put }) =>
        Buffer.concat([text.subarray(0, start), Buffer.from(put), text.subarray(end)]),
      body,
    );
}

function pickFields(document: JsonDocument): Fields {
  const found: { [K in Field]?: JsonRange } = {};
  for (const { key, value } of document.members) {
    const name = FIELDS.find((known) => known === camelName(key));
    if (name === undefined) continue;
    if (found[name] !== undefined) throw invalid(name, `"${name}" stands twice in ${WHAT}; send it once`);
    found[name] = value;
  }
  return found;
}

/** Empty where the body names none. */
function readModel(body: Buffer, { model }: Fields): string {
  const value = model === undefined ? '' : tryParseLossless(body.toString('utf8', model.start, model.end));
  if (value === null) return '';
  if (typeof value !== 'string') throw invalid('model', '"model" must be a string, as in models/gemini-2.5-flash');
  return bareModelName(value);
}

function readConfig(body: Buffer, { generationConfig }: Fields) {
  if (generationConfig === undefined) return undefined;
  const value = tryParseLossless(body.toString('utf8', generationConfig.start, generationConfig.end));
  if (value === null) return undefined;
  const config = asJsonObject(value);
  if (config === undefined) throw invalid('generationConfig', '"generationConfig" must be an object');
  return config;
}

function readChoices(config: ReturnType<typeof readConfig>): number {
  const choices = positiveInteger(config, 'candidateCount') ?? 1;
  if (choices > CHOICES_MAX)
    throw invalid('generationConfig.candidateCount', `"candidateCount" must be ${CHOICES_MAX} at most`);
  return choices;
}

function positiveInteger(config: ReturnType<typeof readConfig>, name: string): number | undefined {
  const value = field(config, name);
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) {
    throw invalid(`generationConfig.${name}`, `"${name}" must be a whole number from 1 up`);
  }
  return value;
}

function checkContents(body: Buffer, { contents }: Fields): void {
  if (contents === undefined) throw invalid('contents', 'the field "contents" is missing; send a list of contents');
  if (body[contents.start] !== 0x5b) return;
  let at = contents.start + 1;
  while ((body[at] ?? 0) <= 0x20) at += 1;
  if (body[at] === 0x5d) throw invalid('contents', '"contents" is empty; send at least one content');
}

function invalid(param: string, message: string): GatehouseError {
  return new GatehouseError('invalid_request', message, { param });
}
