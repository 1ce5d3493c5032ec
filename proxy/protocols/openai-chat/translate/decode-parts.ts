/** The content of a message, in the dialects of OpenAI-compatible clients and servers. */
import type { Json, JsonObject } from '../../../core/json.ts';
import { asText } from '../../../core/json-value.ts';
import type { FilePart, Part } from '../../../core/part.ts';
import { invalid } from '../../json/request-body.ts';
import { toCacheMark } from './cache-mark.ts';
import { asJsonObject, asList, asString, optional } from './json.ts';
import { audioTypeOf, toSource } from './media.ts';

/** A string or a list of parts; `param` names it in errors. Throws GatehouseError invalid_request. */
export function toParts(content: Json | undefined, param: string): readonly Part[] {
  if (content === undefined || content === null || content === '') return [];
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  if (!Array.isArray(content)) throw invalid(param, `"${param}" must be a string or a list of parts`);
  return content.map((part, place) => toPart(part as Json, `${param}[${place}]`));
}

function toPart(value: Json, param: string): Part {
  if (typeof value === 'string') return { kind: 'text', text: value };
  const part = asJsonObject(value);
  if (part === undefined) throw invalid(param, `"${param}" must be an object with a type`);
  switch (part.type) {
    case 'text':
    case 'input_text':
    case 'output_text':
      return { kind: 'text', text: required(part.text, `${param}.text`), ...toCacheMark(part) };
    case 'refusal':
      return { kind: 'refusal', text: required(part.refusal, `${param}.refusal`) };
    case 'thinking':
      return { kind: 'reasoning', text: thinkingText(part) };
    case 'image_url':
      return toImage(part, param);
    case 'input_audio':
      return toAudio(part, param);
    case 'file':
      return toFile(part, param);
    case 'document_url':
      return {
        kind: 'file',
        source: toSource(required(part.document_url, `${param}.document_url`)),
        ...optional('name', asText(part.document_name)),
      };
    default:
      return { kind: 'foreign', protocol: 'openai-chat', type: asText(part.type) ?? 'unknown', raw: part };
  }
}

/** Mistral: a text, or a list of text parts. */
export function thinkingText(part: JsonObject): string {
  const { thinking } = part;
  if (typeof thinking === 'string') return thinking;
  return asList(thinking)
    .map((piece) => asString(asJsonObject(piece)?.text) ?? '')
    .join('');
}

function toImage(part: JsonObject, param: string): Part {
  const image = asJsonObject(part.image_url);
  const url = image === undefined ? part.image_url : image.url;
  const detail = image?.detail;
  const known = detail === 'low' || detail === 'high' || detail === 'auto' || detail === 'original';
  return {
    kind: 'image',
    source: toSource(required(url, `${param}.image_url.url`)),
    ...(known ? { detail } : {}),
    ...toCacheMark(part),
  };
}

function toAudio(part: JsonObject, param: string): Part {
  const audio = asJsonObject(part.input_audio);
  const data = required(audio?.data, `${param}.input_audio.data`);
  const format = required(audio?.format, `${param}.input_audio.format`);
  return { kind: 'audio', source: { kind: 'base64', mediaType: audioTypeOf(format), data } };
}

function toFile(part: JsonObject, param: string): FilePart {
  const file = asJsonObject(part.file);
  const id = asText(file?.file_id);
  const data = asText(file?.file_data);
  if (id === undefined && data === undefined) {
    throw invalid(`${param}.file`, `"${param}.file" must hold file_data (a data: URL) or file_id`);
  }
  const source =
    data === undefined
      ? ({ kind: 'file-id', id: id ?? '', protocol: 'openai-chat' } as const)
      : fileSource(data, `${param}.file.file_data`);
  return { kind: 'file', source, ...optional('name', asText(file?.filename)), ...toCacheMark(part) };
}

/** Bytes without a media type are nothing that another provider could read. */
function fileSource(data: string, param: string) {
  const source = toSource(data);
  if (source.kind === 'base64' || /^https?:/.test(data)) return source;
  throw invalid(
    param,
    `"${param}" must be a data: URL in base64 with its media type, as in data:application/pdf;base64,...`,
  );
}

function required(value: Json | undefined, param: string): string {
  const text = asString(value);
  if (text === undefined) throw invalid(param, `"${param}" must be a string`);
  return text;
}
