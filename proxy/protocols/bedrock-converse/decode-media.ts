/** Images, documents and audio of a request's blocks as parts. */
import type { JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import type { FilePart, MediaSource, Part } from '../../core/part.ts';
import { objectsOf } from './decode-block.ts';
import { AUDIO_FORMATS, DOCUMENT_FORMATS } from './media-formats.ts';

/** Undefined for a block of another kind, or one without content that could be told. */
export function toMediaPart(block: JsonObject): Part | undefined {
  const image = asObject(block.image) as JsonObject | undefined;
  if (image !== undefined) {
    const source = toSource(image, `image/${asText(image.format) ?? 'png'}`);
    return source === undefined ? undefined : { kind: 'image', source };
  }
  const audio = asObject(block.audio) as JsonObject | undefined;
  if (audio !== undefined) {
    const source = toSource(audio, mediaTypeOf(audio.format, AUDIO_FORMATS));
    return source === undefined ? undefined : { kind: 'audio', source };
  }
  const document = asObject(block.document) as JsonObject | undefined;
  return document === undefined ? undefined : toFile(document);
}

function toFile(document: JsonObject): FilePart | undefined {
  const text = toText(asObject(document.source));
  const source = toSource(document, mediaTypeOf(document.format, DOCUMENT_FORMATS));
  if (text === undefined && source === undefined) return undefined;
  const name = asText(document.name);
  const context = asText(document.context);
  const citations = asObject(document.citations)?.enabled;
  return {
    kind: 'file',
    ...(text === undefined ? {} : { text }),
    ...(source === undefined ? {} : { source }),
    ...(name === undefined ? {} : { name }),
    ...(context === undefined ? {} : { context }),
    ...(typeof citations === 'boolean' ? { citations } : {}),
  };
}

/** Documents to be cited come as text, or as texts in pieces. */
function toText(source: Readonly<Record<string, unknown>> | undefined): string | undefined {
  if (typeof source?.text === 'string') return source.text;
  if (!Array.isArray(source?.content)) return undefined;
  return objectsOf(source.content)
    .map(({ text }) => asText(text) ?? '')
    .join('\n\n');
}

function toSource({ source }: JsonObject, mediaType: string): MediaSource | undefined {
  const given = asObject(source);
  if (typeof given?.bytes === 'string') return { kind: 'base64', mediaType, data: given.bytes };
  const uri = asText(asObject(given?.s3Location)?.uri);
  return uri === undefined ? undefined : { kind: 'url', url: uri, mediaType };
}

/** The first name of each format is the registered one. */
function mediaTypeOf(format: unknown, formats: ReadonlyMap<string, string>): string {
  return [...formats].find(([, known]) => known === format)?.[0] ?? 'application/octet-stream';
}
