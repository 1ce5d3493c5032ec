/** The content of messages and of tool results, to parts. */
import type { CacheMark } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import type { AudioPart, FilePart, ImagePart, MediaSource, Part } from '../../core/part.ts';
import { invalid } from '../json/request-body.ts';
import { decodeCitations } from './citation.ts';

/** A string, or a list of content parts. `where` names the place for error messages, e.g. `input[3].content`. */
export function decodeContent(value: unknown, where: string): Part[] {
  if (typeof value === 'string') return [{ kind: 'text', text: value }];
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw invalid(where, `"${where}" must be a string or a list of parts`);
  return value.map((part, index) => decodeContentPart(part, `${where}[${index}]`));
}

function decodeContentPart(value: unknown, where: string): Part {
  if (typeof value === 'string') return { kind: 'text', text: value };
  const part = asObject(value);
  if (part === undefined) throw invalid(where, `"${where}" must be an object with a type`);
  const cache = cacheMark(part);
  switch (part.type) {
    case 'input_text':
    case 'output_text':
    case 'text':
    case 'summary_text': {
      const citations = decodeCitations(part.annotations);
      return { kind: 'text', text: textOf(part.text, `${where}.text`), ...cache, ...(citations && { citations }) };
    }
    case 'refusal':
      return { kind: 'refusal', text: textOf(part.refusal ?? part.text, `${where}.refusal`) };
    case 'input_image':
    case 'image_url':
      return { ...decodeImage(part, where), ...cache };
    case 'input_file':
    case 'file':
      return { ...decodeFile(asObject(part.file) ?? part, where), ...cache };
    case 'input_audio':
      return decodeAudio(part, where);
    default: {
      const type = asText(part.type);
      if (type === undefined) throw invalid(`${where}.type`, `"${where}" has no type; say what kind of part it is`);
      return { kind: 'foreign', protocol: 'openai-responses', type, raw: part as JsonObject };
    }
  }
}

function cacheMark(part: Readonly<Record<string, unknown>>): { cache?: CacheMark } {
  return asObject(part.prompt_cache_breakpoint) === undefined ? {} : { cache: {} };
}

function textOf(value: unknown, where: string): string {
  if (typeof value !== 'string') throw invalid(where, `"${where}" must be a string`);
  return value;
}

function decodeImage(part: Readonly<Record<string, unknown>>, where: string): ImagePart {
  // Some clients wrap it as chat completions do.
  const wrapped = asObject(part.image_url);
  const url = asText(wrapped === undefined ? part.image_url : wrapped.url);
  const id = asText(part.file_id);
  const detail = part.detail ?? wrapped?.detail;
  const source: MediaSource | undefined =
    url !== undefined ? mediaFromUrl(url, 'image/png') : id === undefined ? undefined : fileId(id);
  if (source === undefined) throw invalid(where, `"${where}" is an image without image_url or file_id`);
  return {
    kind: 'image',
    source,
    ...(detail === 'low' || detail === 'high' || detail === 'auto' || detail === 'original' ? { detail } : {}),
  };
}

function decodeFile(part: Readonly<Record<string, unknown>>, where: string): FilePart {
  const data = asText(part.file_data);
  const url = asText(part.file_url);
  const id = asText(part.file_id);
  const name = asText(part.filename);
  const source: MediaSource | undefined =
    data !== undefined
      ? mediaFromData(data, name)
      : url !== undefined
        ? mediaFromUrl(url, mediaTypeOfName(name))
        : id === undefined
          ? undefined
          : fileId(id);
  if (source === undefined) throw invalid(where, `"${where}" is a file without file_data, file_url or file_id`);
  return { kind: 'file', source, ...(name === undefined ? {} : { name }) };
}

function decodeAudio(part: Readonly<Record<string, unknown>>, where: string): AudioPart {
  const audio = asObject(part.input_audio) ?? part;
  const data = asText(audio.data);
  if (data === undefined) throw invalid(where, `"${where}" is audio without data`);
  const format = asText(audio.format) ?? 'wav';
  return {
    kind: 'audio',
    source: { kind: 'base64', mediaType: format === 'mp3' ? 'audio/mpeg' : `audio/${format}`, data },
  };
}

function fileId(id: string): MediaSource {
  return { kind: 'file-id', id, protocol: 'openai-responses' };
}

const DATA_URL = /^data:([^;,]*)(?:;[^;,]*)*;base64,/;

/** Without a media type the bytes are what the place they stand in is for. */
function mediaFromUrl(url: string, mediaTypeLikely: string): MediaSource {
  const data = DATA_URL.exec(url.slice(0, 256));
  if (data === null) return { kind: 'url', url };
  const [head, mediaType] = data;
  return { kind: 'base64', mediaType: mediaType || mediaTypeLikely, data: url.slice(head.length) };
}

/** OpenAI takes data URLs, and bare base64 of files by their name. */
function mediaFromData(data: string, name: string | undefined): MediaSource {
  if (data.startsWith('data:')) return mediaFromUrl(data, mediaTypeOfName(name));
  return { kind: 'base64', mediaType: mediaTypeOfName(name), data };
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  html: 'text/html',
  json: 'application/json',
};

function mediaTypeOfName(name: string | undefined): string {
  const extension = /\.([a-z0-9]+)$/i.exec(name ?? '')?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(MEDIA_TYPES, extension) ? (MEDIA_TYPES[extension] ?? 'application/pdf') : 'application/pdf';
}
