/** Images and documents of a call as blocks of this protocol. */
import type { JsonObject } from '../../core/json.ts';
import type { AudioPart, FilePart, ImagePart, MediaSource } from '../../core/part.ts';
import type { Warnings } from '../../core/warnings.ts';
import { invalid } from '../json/request-body.ts';
import type { Quirks } from '../translation.ts';
import { fromCacheMark } from './cache-mark.ts';

export interface MediaContext {
  readonly warnings: Warnings;
  readonly quirks: Readonly<Quirks>;
  /** Where the part stands, e.g. `messages[3].content[1]`. */
  readonly field: string;
}

const DATA_URL = /^data:([^;,]*)[^,]*;base64,/s;
/** Read as text by anybody, so they are sent as text. */
const TEXT_MEDIA = /^(?:text\/|application\/(?:json|xml|yaml|x-yaml|javascript|csv)\b)/;

/** Throws GatehouseError invalid_request for what this protocol cannot show to a model. */
export function fromImage(part: ImagePart, context: MediaContext): JsonObject {
  if (part.detail !== undefined && part.detail !== 'auto') context.warnings.add('dropped_image_detail', context.field);
  return { type: 'image', source: fromSource(part.source, context), ...fromCacheMark(part.cache) };
}

/** Throws GatehouseError invalid_request for a kind of file that is neither PDF, text nor image. */
export function fromFile(part: FilePart, context: MediaContext): JsonObject {
  const source = part.source === undefined ? undefined : inlined(part.source);
  if (source?.kind === 'base64' && source.mediaType.startsWith('image/')) {
    return { type: 'image', source: fromSource(source, context), ...fromCacheMark(part.cache) };
  }
  return {
    type: 'document',
    source: fromDocument(part, source, context),
    ...titleOf(part),
    ...(part.context === undefined ? {} : { context: part.context }),
    ...(part.citations === undefined ? {} : { citations: { enabled: part.citations } }),
    ...fromCacheMark(part.cache),
  };
}

/** There is no audio here: what was said stands in for it where it is known. Throws GatehouseError invalid_request else. */
export function fromAudio(part: AudioPart, context: MediaContext): JsonObject {
  if (part.transcript === undefined) {
    throw invalid(context.field, `Claude models do not hear audio; send what is said as text (${context.field})`);
  }
  context.warnings.add('audio_as_transcript', context.field);
  return { type: 'text', text: part.transcript };
}

function titleOf({ title, name }: FilePart): { readonly title?: string } {
  const text = (title ?? name)?.slice(0, 500);
  return text === undefined || text === '' ? {} : { title: text };
}

function fromDocument(part: FilePart, source: MediaSource | undefined, context: MediaContext): JsonObject {
  if (part.text !== undefined) return textSource(part.text);
  if (source === undefined) throw invalid(context.field, `the file at ${context.field} has no content`);
  if (source.kind !== 'base64' || source.mediaType === 'application/pdf') return fromSource(source, context);
  if (TEXT_MEDIA.test(source.mediaType)) return textSource(Buffer.from(source.data, 'base64').toString('utf8'));
  throw invalid(
    context.field,
    `Claude models read PDF and text files, not ${source.mediaType}; convert the file at ${context.field}`,
  );
}

function textSource(data: string): JsonObject {
  return { type: 'text', media_type: 'text/plain', data };
}

function fromSource(given: MediaSource, { quirks, field }: MediaContext): JsonObject {
  const source = inlined(given);
  switch (source.kind) {
    case 'base64':
      return { type: 'base64', media_type: source.mediaType, data: source.data };
    case 'url':
      if (quirks.noImageUrls === true) {
        throw invalid(field, `this provider does not fetch URLs; send the bytes of ${field} in base64`);
      }
      return { type: 'url', url: source.url };
    case 'file-id':
      if (source.protocol !== 'anthropic-messages') {
        throw invalid(field, `the file named at ${field} lies at another provider; send its bytes`);
      }
      return { type: 'file', file_id: source.id };
    default:
      return source satisfies never;
  }
}

/** A data: URL carries the bytes itself, and is refused here as a URL. */
function inlined(source: MediaSource): MediaSource {
  if (source.kind !== 'url') return source;
  const head = DATA_URL.exec(source.url);
  if (head === null) return source;
  return { kind: 'base64', mediaType: head[1] || 'text/plain', data: source.url.slice(head[0].length) };
}
