/** Parts of a user's message (and of instructions) as content parts. */
import type { JsonObject } from '../../../core/json.ts';
import type { AudioPart, FilePart, ImagePart, Part } from '../../../core/part.ts';
import type { Warnings } from '../../../core/warnings.ts';
import { invalid } from '../../json/request-body.ts';
import type { Quirks } from '../../translation.ts';
import { fromCacheMark } from './cache-mark.ts';
import { optional } from './json.ts';
import { audioFormatOf, toUrl } from './media.ts';

export interface PartContext {
  readonly quirks: Readonly<Quirks>;
  readonly warnings: Warnings;
  /** The field, for warnings and errors: `messages[3].content[1]`. */
  readonly field: string;
}

/** Empty for what is left out, with a warning. Throws GatehouseError invalid_request for media that cannot be sent. */
export function fromPart(part: Part, context: PartContext): readonly JsonObject[] {
  const { quirks, warnings, field } = context;
  switch (part.kind) {
    case 'text':
      return [{ type: 'text', text: part.text, ...fromCacheMark(part.cache, quirks) }];
    case 'refusal':
      return [{ type: 'text', text: part.text }];
    case 'image':
      return [fromImage(part, context)];
    case 'file':
      return [fromFile(part, context)];
    case 'audio':
      return [fromAudio(part, context)];
    case 'foreign':
      if (part.protocol === 'openai-chat') return [part.raw];
      warnings.add(`dropped_${part.type}`, field);
      return [];
    case 'reasoning':
      warnings.add('thinking_stripped', field);
      return [];
    case 'tool-call':
    case 'tool-result':
      throw invalid(field, `"${field}" is a ${part.kind} in a message that cannot hold one`);
    default:
      return part satisfies never;
  }
}

function fromImage(part: ImagePart, { quirks, warnings, field }: PartContext): JsonObject {
  const url = toUrl(part.source);
  if (url === undefined) throw elsewhere(field, 'image');
  if (quirks.noImageUrls === true && part.source.kind === 'url') {
    throw invalid(
      field,
      `"${field}" is an image by URL, which this provider does not fetch; send its bytes as a data: URL`,
    );
  }
  // Only Responses knows the original size.
  if (part.detail === 'original') warnings.add('image_detail_changed', field);
  const detail = part.detail === 'original' ? 'high' : part.detail;
  return { type: 'image_url', image_url: { url, ...optional('detail', detail) }, ...fromCacheMark(part.cache, quirks) };
}

function fromFile(part: FilePart, context: PartContext): JsonObject {
  const { quirks, warnings, field } = context;
  const cache = fromCacheMark(part.cache, quirks);
  if (part.citations === true) warnings.add('dropped_citations', field);
  if (part.context !== undefined) warnings.add('dropped_context', field);
  const name = part.name ?? part.title;
  if (part.source === undefined) {
    const heading = name === undefined ? '' : `${name}\n\n`;
    warnings.add('document_as_text', field);
    return { type: 'text', text: `${heading}${part.text ?? ''}`, ...cache };
  }
  if (part.source.kind === 'file-id') {
    // Chat and Responses share OpenAI's store of files.
    if (part.source.protocol !== 'openai-chat' && part.source.protocol !== 'openai-responses')
      throw elsewhere(field, 'file');
    return { type: 'file', file: { file_id: part.source.id }, ...cache };
  }
  const url = toUrl(part.source) ?? '';
  if (quirks.files === 'document_url') {
    return { type: 'document_url', document_url: url, ...optional('document_name', name), ...cache };
  }
  if (part.source.kind === 'url' && quirks.files !== 'url-in-file-data') {
    throw invalid(field, `"${field}" is a file by URL, which this provider does not fetch; send its bytes`);
  }
  return { type: 'file', file: { filename: name ?? nameFor(part), file_data: url }, ...cache };
}

/** OpenAI refuses bytes without a file name. */
function nameFor({ source }: FilePart): string {
  const subtype = source?.kind === 'base64' ? source.mediaType.slice(source.mediaType.indexOf('/') + 1) : '';
  return /^[a-z0-9]{1,8}$/.test(subtype) ? `file.${subtype}` : 'file';
}

function fromAudio({ source }: AudioPart, { field }: PartContext): JsonObject {
  if (source.kind !== 'base64') {
    throw invalid(field, `"${field}" is sound by reference, which this provider does not fetch; send its bytes`);
  }
  return { type: 'input_audio', input_audio: { data: source.data, format: audioFormatOf(source.mediaType) } };
}

function elsewhere(field: string, what: string) {
  return invalid(field, `"${field}" is a ${what} that another provider holds; send its bytes`);
}
