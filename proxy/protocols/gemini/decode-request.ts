/** A generateContent request. The model and the wish to stream stand in its path. */
import type { Call, ForeignFields } from '../../core/call.ts';
import { GatehouseError } from '../../core/errors.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { readBody } from '../json/request-body.ts';
import type { RequestPath } from '../translation.ts';
import { decodeConfig } from './decode-config.ts';
import { decodeContents } from './decode-contents.ts';
import { decodeToolConfig, decodeTools } from './decode-tools.ts';
import { bareModelName } from './models.ts';
import { asJsonObject, camelName, field, listField, objectField, textField } from './wire.ts';

const KNOWN: ReadonlySet<string> = new Set([
  'model',
  'contents',
  'systemInstruction',
  'tools',
  'toolConfig',
  'generationConfig',
  'serviceTier',
]);

/** Marks of a part that other protocols have no word for. They stay with Gemini's own bytes and nowhere else. */
const PART_MARKS = ['videoMetadata', 'partMetadata', 'mediaResolution', 'mediaProcessing'];

/** Throws GatehouseError invalid_json, invalid_utf8, too_deep or invalid_request. */
export function decodeRequest(body: Buffer, path: RequestPath): Call {
  return callFrom(readBody(body), path);
}

/** countTokens: the same request inside `generateContentRequest`, or its contents alone. */
export function decodeCountTokens(body: Buffer, path: RequestPath): Call {
  const object = readBody(body);
  return callFrom(objectField(object, 'generateContentRequest') ?? object, { ...path, stream: false });
}

function callFrom(body: JsonObject, path: RequestPath): Call {
  const model = path.model ?? textField(body, 'model');
  if (model === undefined)
    throw new GatehouseError('invalid_request', 'the path names no model; use /v1beta/models/{model}:generateContent', {
      param: 'model',
    });
  const { settings, rest } = decodeConfig(body);
  const { choice, rest: toolRest } = decodeToolConfig(body);
  const serviceTier = textField(body, 'serviceTier');
  const foreign = foreignFields(body, rest, toolRest);
  return {
    model: bareModelName(model),
    stream: path.stream ?? false,
    messages: decodeContents(body),
    tools: decodeTools(body),
    ...settings,
    ...(choice === undefined ? {} : { toolChoice: choice }),
    ...(serviceTier === undefined ? {} : { serviceTier }),
    ...(foreign === undefined ? {} : { foreign }),
  };
}

function foreignFields(
  body: JsonObject,
  config: JsonObject,
  toolConfig: JsonObject | undefined,
): ForeignFields | undefined {
  const others = Object.entries(body)
    .map(([key, value]) => [camelName(key), value] as const)
    .filter(([key, value]) => value !== null && !KNOWN.has(key) && !(Array.isArray(value) && value.length === 0));
  const marks = PART_MARKS.filter((mark) => hasPartMark(body, mark)).map((mark) => [`contents.${mark}`, true] as const);
  const fields: Record<string, Json> = {
    ...Object.fromEntries(others),
    ...config,
    ...(toolConfig === undefined ? {} : { toolConfig }),
    ...Object.fromEntries(marks),
  };
  return Object.keys(fields).length === 0 ? undefined : { protocol: 'gemini', fields };
}

function hasPartMark(body: JsonObject, mark: string): boolean {
  return listField(body, 'contents').some((content) =>
    listField(asJsonObject(content), 'parts').some((part) => field(asJsonObject(part), mark) !== undefined),
  );
}
