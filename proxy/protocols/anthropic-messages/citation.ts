/** Citations of this protocol point into the documents of the request, not into the answer's text, so they carry no range. */
import type { JsonObject } from '../../core/json.ts';
import { asText } from '../../core/json-value.ts';
import type { Citation } from '../../core/part.ts';

const OWN_TYPES: ReadonlySet<unknown> = new Set([
  'char_location',
  'page_location',
  'content_block_location',
  'web_search_result_location',
  'search_result_location',
]);

export function toCitation(raw: JsonObject): Citation {
  const url = asText(raw.url) ?? (raw.type === 'search_result_location' ? asText(raw.source) : undefined);
  const title = asText(raw.title) ?? asText(raw.document_title);
  const text = asText(raw.cited_text);
  return {
    ...(url === undefined ? {} : { url }),
    ...(title === undefined ? {} : { title }),
    ...(text === undefined ? {} : { text }),
    raw,
  };
}

/** The citation as this protocol wrote it; undefined for another protocol's. */
export function ownCitation(citation: Citation): JsonObject | undefined {
  return OWN_TYPES.has(citation.raw?.type) ? citation.raw : undefined;
}

/** For clients. A citation from elsewhere shows as one of a web page; the provider-only `encrypted_index` stays empty. */
export function fromCitation(citation: Citation): JsonObject {
  return (
    ownCitation(citation) ?? {
      type: 'web_search_result_location',
      url: citation.url ?? '',
      title: citation.title ?? null,
      cited_text: citation.text ?? '',
      encrypted_index: '',
    }
  );
}

/** A citation that we made for a client proves nothing to the provider when it comes back. */
export function isReturnable(citation: JsonObject): boolean {
  return citation.type !== 'web_search_result_location' || citation.encrypted_index !== '';
}
