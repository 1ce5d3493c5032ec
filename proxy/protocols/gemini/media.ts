/** inlineData and fileData to media parts and back. */
import type { JsonObject } from '../../core/json.ts';
import type { AudioPart, FilePart, ImagePart, MediaSource } from '../../core/part.ts';
import { asJsonObject, objectField, textField } from './wire.ts';

export type MediaPart = ImagePart | AudioPart | FilePart;

/** Only Gemini can read these: its Files API, and Google Cloud Storage. */
const HELD_BY_GOOGLE = /^(?:https:\/\/generativelanguage\.googleapis\.com\/|gs:\/\/)/;
const UNKNOWN_TYPE = 'application/octet-stream';

/** Undefined when the part holds no media. */
export function decodeMedia(part: JsonObject): MediaPart | undefined {
  const inline = objectField(part, 'inlineData');
  if (inline !== undefined) {
    const mediaType = textField(inline, 'mimeType') ?? UNKNOWN_TYPE;
    return toPart(
      { kind: 'base64', mediaType, data: textField(inline, 'data') ?? '' },
      mediaType,
      textField(inline, 'displayName'),
    );
  }
  const file = objectField(part, 'fileData');
  if (file === undefined) return undefined;
  const url = textField(file, 'fileUri') ?? '';
  const mediaType = textField(file, 'mimeType');
  const source: MediaSource = HELD_BY_GOOGLE.test(url)
    ? { kind: 'file-id', id: url, protocol: 'gemini', ...(mediaType === undefined ? {} : { mediaType }) }
    : { kind: 'url', url, ...(mediaType === undefined ? {} : { mediaType }) };
  return toPart(source, mediaType ?? UNKNOWN_TYPE, textField(file, 'displayName'));
}

/** Undefined when this source means nothing to Gemini (a file that another provider holds). */
export function encodeMedia(part: MediaPart): JsonObject | undefined {
  if (part.kind === 'file' && part.text !== undefined && part.source === undefined) {
    return { inlineData: { mimeType: 'text/plain', data: Buffer.from(part.text).toString('base64') } };
  }
  const source = part.source;
  if (source === undefined) return undefined;
  switch (source.kind) {
    case 'base64':
      return { inlineData: { mimeType: source.mediaType, data: source.data } };
    case 'url':
      return { fileData: { mimeType: source.mediaType ?? guessType(source.url, part.kind), fileUri: source.url } };
    case 'file-id': {
      if (source.protocol !== 'gemini') return undefined;
      const known = source.mediaType;
      return { fileData: { ...(known === undefined ? {} : { mimeType: known }), fileUri: source.id } };
    }
    default:
      return source satisfies never;
  }
}

/** Media inside a functionResponse. */
export function decodeResponseMedia(value: unknown): MediaPart | undefined {
  const part = asJsonObject(value);
  return part === undefined ? undefined : decodeMedia(part);
}

function toPart(source: MediaSource, mediaType: string, name: string | undefined): MediaPart {
  if (mediaType.startsWith('image/')) return { kind: 'image', source };
  if (mediaType.startsWith('audio/')) return { kind: 'audio', source };
  return { kind: 'file', source, ...(name === undefined ? {} : { name }) };
}

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  heic: 'image/heic',
  heif: 'image/heif',
  pdf: 'application/pdf',
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  html: 'text/html',
  mp3: 'audio/mp3',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  flac: 'audio/flac',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
};

/** Gemini wants a type with every URL, and other protocols do not send one: the ending tells, else what most such files are. */
function guessType(url: string, kind: MediaPart['kind']): string {
  const ending = /\.([a-z0-9]{2,4})(?:[?#]|$)/i.exec(url)?.[1]?.toLowerCase() ?? '';
  const known = Object.hasOwn(TYPES, ending) ? TYPES[ending] : undefined;
  if (known !== undefined) return known;
  return kind === 'image' ? 'image/jpeg' : kind === 'audio' ? 'audio/mp3' : 'application/pdf';
}
