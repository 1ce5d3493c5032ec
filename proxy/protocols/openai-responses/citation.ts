/** Annotations of an output text, and our citations. */
import type { JsonObject } from '../../core/json.ts';
import { asCount, asObject, asText } from '../../core/json-value.ts';
import type { Citation } from '../../core/part.ts';

/** Undefined when there are none. */
export function decodeCitations(annotations: unknown): readonly Citation[] | undefined {
  if (!Array.isArray(annotations) || annotations.length === 0) return undefined;
  return annotations.flatMap((annotation) => decodeCitation(annotation) ?? []);
}

export function decodeCitation(value: unknown): Citation | undefined {
  const annotation = asObject(value);
  if (annotation === undefined) return undefined;
  const url = asText(annotation.url);
  const title = asText(annotation.title) ?? asText(annotation.filename);
  const start = asCount(annotation.start_index);
  const end = asCount(annotation.end_index);
  return {
    ...(url === undefined ? {} : { url }),
    ...(title === undefined ? {} : { title }),
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    raw: annotation as JsonObject,
  };
}

const ANNOTATION_TYPES: ReadonlySet<unknown> = new Set([
  'url_citation',
  'file_citation',
  'container_file_citation',
  'file_path',
]);

/**
 * Undefined for a citation that has no address: annotations know web pages and files held by the provider only. Where the
 * place in the text is unknown, `textLength` is given: the citation stands at the end of what is written so far.
 */
export function encodeCitation(citation: Citation, textLength: number): JsonObject | undefined {
  if (citation.raw !== undefined && ANNOTATION_TYPES.has(citation.raw.type)) return citation.raw;
  if (citation.url === undefined) return undefined;
  return {
    type: 'url_citation',
    url: citation.url,
    title: citation.title ?? citation.url,
    start_index: citation.start ?? textLength,
    end_index: citation.end ?? textLength,
  };
}
