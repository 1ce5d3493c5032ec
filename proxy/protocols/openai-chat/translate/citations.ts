/** `annotations` of a message: where the answer's statements come from. */
import type { JsonObject } from '../../../core/json.ts';
import { asCount, asText } from '../../../core/json-value.ts';
import type { Citation } from '../../../core/part.ts';
import { asJsonObject, asList, optional } from './json.ts';

/** Kinds of annotation beside pages that providers of this protocol write. */
const OWN_TYPES: ReadonlySet<unknown> = new Set(['file', 'file_citation']);
/** OpenRouter's files. The citations of files in a response look alike but are flat, and clients refuse the whole answer for one. */
const SENT_TYPES: ReadonlySet<unknown> = new Set(['file']);

export function toCitations(annotations: unknown): readonly Citation[] {
  return asList(annotations).flatMap((entry): Citation[] => {
    const annotation = asJsonObject(entry);
    if (annotation === undefined) return [];
    const source = asJsonObject(annotation.url_citation);
    if (source === undefined) return OWN_TYPES.has(annotation.type) ? [{ raw: annotation }] : [];
    const start = asCount(source.start_index);
    const end = asCount(source.end_index);
    // OpenRouter writes 0 to 0 where it does not know the place.
    const placed = start !== undefined && end !== undefined && end > start;
    return [
      {
        ...optional('url', asText(source.url)),
        ...optional('title', asText(source.title)),
        ...optional('text', asText(source.content)),
        ...(placed ? { start, end } : {}),
      },
    ];
  });
}

/** xAI and Perplexity list the pages beside the choices: plain URLs. */
export function toUrlCitations(urls: unknown): readonly Citation[] {
  return asList(urls).flatMap((url) => (typeof url === 'string' && url !== '' ? [{ url }] : []));
}

/** What cites no URL (a place in a document that the client sent) has no form here. `span`: the text it belongs to. */
export function fromCitation(citation: Citation, span: { start: number; end: number }): readonly JsonObject[] {
  if (citation.url === undefined) {
    return citation.raw !== undefined && SENT_TYPES.has(citation.raw.type) ? [citation.raw] : [];
  }
  return [
    {
      type: 'url_citation',
      url_citation: {
        url: citation.url,
        // Clients that check the shape refuse a stream without these three.
        title: citation.title ?? citation.url,
        start_index: citation.start ?? span.start,
        end_index: citation.end ?? span.end,
        ...optional('content', citation.text),
      },
    },
  ];
}
