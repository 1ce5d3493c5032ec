/** Images, documents and audio of a call as blocks. Bedrock takes bytes or an S3 address, and never fetches a URL. */
import { GatehouseError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { AudioPart, FilePart, ImagePart, MediaSource } from '../../core/part.ts';
import type { Warnings } from '../../core/warnings.ts';
import { AUDIO_FORMATS, DOCUMENT_FORMATS, IMAGE_FORMATS } from './media-formats.ts';
import type { DocumentNames } from './names.ts';

export interface MediaContext {
  readonly warnings: Warnings;
  readonly documentNames: DocumentNames;
  /** Where the part stands, e.g. `messages[3].content[1]`. */
  readonly field: string;
}

/** Read as text by anybody, so they are sent as text. */
const TEXT_MEDIA = /^(?:text\/|application\/(?:json|xml|yaml|x-yaml|javascript)$)/;
/** An S3 address says no media type; its name's ending does. */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ['jpg', 'jpeg'],
  ['htm', 'html'],
]);
const DATA_URL = /^data:([^;,]*)[^,]*;base64,/s;

/** Throws GatehouseError invalid_request for what cannot be shown to a model here. */
export function fromImage(part: ImagePart, { warnings, field }: MediaContext): JsonObject {
  if (part.detail !== undefined && part.detail !== 'auto') warnings.add('dropped_image_detail', field);
  return imageBlock(inlined(part.source), field);
}

export function fromFile(part: FilePart, context: MediaContext): JsonObject {
  const { field } = context;
  const source = part.source === undefined ? undefined : inlined(part.source);
  if (source?.kind === 'base64' && IMAGE_FORMATS.has(plainType(source.mediaType))) return imageBlock(source, field);
  return {
    document: {
      ...documentContent(part, source, field),
      name: context.documentNames.of(part.title ?? part.name),
      ...(part.context === undefined ? {} : { context: part.context }),
      ...(part.citations === undefined ? {} : { citations: { enabled: part.citations } }),
    },
  };
}

export function fromAudio(part: AudioPart, { field }: MediaContext): JsonObject {
  const source = inlined(part.source);
  const bytes = bytesOf(source, field);
  const format = formatOf(source, AUDIO_FORMATS);
  if (format === undefined)
    throw invalid(field, `Bedrock does not know the kind of audio at ${field}; send MP3 or WAV`);
  return { audio: { format, source: bytes } };
}

function imageBlock(source: MediaSource, field: string): JsonObject {
  const bytes = bytesOf(source, field);
  const format = formatOf(source, IMAGE_FORMATS);
  if (format === undefined)
    throw invalid(field, `Bedrock takes PNG, JPEG, GIF and WebP images; convert the one at ${field}`);
  return { image: { format, source: bytes } };
}

function documentContent(part: FilePart, source: MediaSource | undefined, field: string): JsonObject {
  if (part.text !== undefined) {
    // Cited documents are given as text, the others as bytes, which every model takes.
    const asText = part.citations === true && part.text !== '';
    return {
      format: 'txt',
      source: asText ? { text: part.text } : { bytes: Buffer.from(part.text).toString('base64') },
    };
  }
  if (source === undefined) throw invalid(field, `the file at ${field} has no content`);
  const bytes = bytesOf(source, field);
  const format = formatOf(source, DOCUMENT_FORMATS);
  if (format !== undefined) return { format, source: bytes };
  if (source.kind === 'base64' && TEXT_MEDIA.test(plainType(source.mediaType))) return { format: 'txt', source: bytes };
  throw invalid(
    field,
    `Bedrock takes PDF, Word, Excel, CSV, HTML, Markdown and text files; convert the one at ${field}`,
  );
}

function bytesOf(source: MediaSource, field: string): JsonObject {
  switch (source.kind) {
    case 'base64':
      return { bytes: source.data };
    case 'url':
      if (source.url.startsWith('s3://')) return { s3Location: { uri: source.url } };
      throw invalid(field, `Bedrock does not fetch URLs; send the bytes of ${field} in base64`);
    case 'file-id':
      throw invalid(field, `the file named at ${field} lies at another provider; send its bytes in base64`);
    default:
      return source satisfies never;
  }
}

function formatOf(source: MediaSource, formats: ReadonlyMap<string, string>): string | undefined {
  if (source.kind === 'file-id') return undefined;
  const known = source.mediaType === undefined ? undefined : formats.get(plainType(source.mediaType));
  if (known !== undefined || source.kind === 'base64') return known;
  const ending = /\.([a-z0-9]+)$/i.exec(source.url)?.[1]?.toLowerCase() ?? '';
  const format = ENDINGS.get(ending) ?? ending;
  return [...formats.values()].includes(format) ? format : undefined;
}

function plainType(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase();
}

/** A data: URL carries the bytes itself. */
function inlined(source: MediaSource): MediaSource {
  if (source.kind !== 'url') return source;
  const head = DATA_URL.exec(source.url);
  if (head === null) return source;
  return { kind: 'base64', mediaType: head[1] || 'text/plain', data: source.url.slice(head[0].length) };
}

export function invalid(param: string, message: string): GatehouseError {
  return new GatehouseError('invalid_request', message, { param });
}
