/** Parts as the content of input messages and of tool results. */
import type { CacheMark } from '../../core/call.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { FilePart, ImagePart, MediaSource, Part } from '../../core/part.ts';
import type { Warnings } from '../../core/warnings.ts';
import { invalid } from '../json/request-body.ts';
import type { Quirks } from '../translation.ts';

export interface ContentContext {
  readonly quirks: Readonly<Quirks>;
  readonly warnings: Warnings;
  /** Of the part, for warnings and errors, e.g. `messages[3].content[1]`. */
  readonly field: string;
}

/** Undefined for a part that is left out, with its warning. Throws GatehouseError invalid_request where that would change the question. */
export function encodeInputPart(part: Part, context: ContentContext): JsonObject | undefined {
  switch (part.kind) {
    case 'text':
      return { type: 'input_text', text: part.text, ...breakpoint(part.cache, context) };
    case 'refusal':
      return { type: 'input_text', text: part.text };
    case 'image':
      return { ...encodeImage(part, context), ...breakpoint(part.cache, context) };
    case 'file':
      return { ...encodeFile(part, context), ...breakpoint(part.cache, context) };
    case 'audio':
      throw invalid(
        context.field,
        `audio in "${context.field}" cannot be sent to this provider, whose protocol takes text, images and files; send a transcript`,
      );
    case 'foreign':
      if (part.protocol === 'openai-responses') return part.raw;
      context.warnings.add(`dropped_${part.type}`, context.field);
      return undefined;
    case 'reasoning':
      context.warnings.add('thinking_stripped', context.field);
      return undefined;
    case 'tool-call':
    case 'tool-result':
      context.warnings.add(`dropped_${part.kind.replace('-', '_')}`, context.field);
      return undefined;
    default:
      return part satisfies never;
  }
}

function breakpoint(mark: CacheMark | undefined, { quirks }: ContentContext): Readonly<Record<string, Json>> {
  // Without such marks the provider finds prefixes by itself.
  const known = quirks.cacheMarks === 'prompt_cache_breakpoint';
  return mark !== undefined && known ? { prompt_cache_breakpoint: { mode: 'explicit' } } : {};
}

function encodeImage(part: ImagePart, context: ContentContext): JsonObject {
  const { source } = part;
  const detail = part.detail === undefined ? {} : { detail: part.detail };
  if (source.kind === 'file-id') return { type: 'input_image', file_id: ownFile(source, context), ...detail };
  if (source.kind === 'url' && context.quirks.noImageUrls === true) {
    throw invalid(
      context.field,
      `this provider fetches no images by URL; send the image of "${context.field}" as base64`,
    );
  }
  const url = source.kind === 'url' ? source.url : dataUrl(source);
  return { type: 'input_image', image_url: url, ...detail };
}

function encodeFile(part: FilePart, context: ContentContext): JsonObject {
  if (part.citations === true) context.warnings.add('dropped_citations', context.field);
  const { source } = part;
  const about = [part.title ?? part.name, part.context].filter((text) => text !== undefined);
  if (source === undefined) {
    return { type: 'input_text', text: [...about, part.text ?? ''].join('\n\n') };
  }
  if (part.context !== undefined) context.warnings.add('dropped_context', context.field);
  if (source.kind === 'file-id') return { type: 'input_file', file_id: ownFile(source, context) };
  if (source.kind === 'url') return { type: 'input_file', file_url: source.url };
  return { type: 'input_file', filename: fileName(part, source.mediaType), file_data: dataUrl(source) };
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'text/markdown': 'md',
  'text/csv': 'csv',
  'text/html': 'html',
  'application/json': 'json',
};

/** The protocol wants a name beside the bytes, and reads the kind of file from it. */
function fileName(part: FilePart, mediaType: string): string {
  const name = part.name ?? part.title ?? 'document';
  const extension = EXTENSIONS[mediaType];
  return extension === undefined || /\.[a-z0-9]{1,5}$/i.test(name) ? name : `${name}.${extension}`;
}

function dataUrl(source: Extract<MediaSource, { kind: 'base64' }>): string {
  return `data:${source.mediaType};base64,${source.data}`;
}

function ownFile(source: Extract<MediaSource, { kind: 'file-id' }>, { field }: ContentContext): string {
  if (source.protocol === 'openai-responses' || source.protocol === 'openai-chat') return source.id;
  throw invalid(field, `"${field}" is a file that another provider keeps; send the file itself`);
}
