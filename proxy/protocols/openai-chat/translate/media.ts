/** Images, files and sound as these requests write them: `data:` URLs, web URLs, ids of uploaded files. */
import type { MediaSource } from '../../../core/part.ts';

const BASE64_MARK = ';base64,';

/** A `data:` URL of base64 with a media type becomes bytes; any other text stays a URL. */
export function toSource(url: string): MediaSource {
  const mark = url.startsWith('data:') ? url.indexOf(BASE64_MARK) : -1;
  const mediaType = mark < 0 ? '' : (url.slice('data:'.length, mark).split(';')[0] ?? '');
  if (!mediaType.includes('/')) return { kind: 'url', url };
  return { kind: 'base64', mediaType, data: url.slice(mark + BASE64_MARK.length) };
}

/** Undefined for a file that another protocol's provider holds. */
export function toUrl(source: MediaSource): string | undefined {
  switch (source.kind) {
    case 'url':
      return source.url;
    case 'base64':
      return `data:${source.mediaType}${BASE64_MARK}${source.data}`;
    case 'file-id':
      return undefined;
    default:
      return source satisfies never;
  }
}

const AUDIO_TYPES: Readonly<Record<string, string>> = { mp3: 'audio/mpeg', wav: 'audio/wav' };
const AUDIO_FORMATS: Readonly<Record<string, string>> = {
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
  'audio/wav': 'wav',
  'audio/wave': 'wav',
  'audio/x-wav': 'wav',
};

export function audioTypeOf(format: string): string {
  return (Object.hasOwn(AUDIO_TYPES, format) ? AUDIO_TYPES[format] : undefined) ?? `audio/${format}`;
}

/** OpenAI reads wav and mp3 only; other servers read more, so the name of another type goes through. */
export function audioFormatOf(mediaType: string): string {
  const known = Object.hasOwn(AUDIO_FORMATS, mediaType) ? AUDIO_FORMATS[mediaType] : undefined;
  return known ?? mediaType.slice(mediaType.indexOf('/') + 1);
}
