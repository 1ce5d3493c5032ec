/** Citations point into the documents of the request or to the web, not into the answer's text, so they carry no range. */
import type { JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import type { Citation } from '../../core/part.ts';

const LOCATIONS: readonly string[] = ['web', 'documentChar', 'documentPage', 'documentChunk', 'searchResultLocation'];

/** A whole citation, or the delta of one: both have the same members. */
export function toCitation(raw: JsonObject): Citation {
  const location = asObject(raw.location);
  const source = asText(raw.source);
  const url =
    asText(asObject(location?.web)?.url) ?? (source !== undefined && /^https?:/.test(source) ? source : undefined);
  const title = asText(raw.title);
  const text = sourceText(raw.sourceContent);
  return {
    ...(url === undefined ? {} : { url }),
    ...(title === undefined ? {} : { title }),
    ...(text === undefined ? {} : { text }),
    raw,
  };
}

function sourceText(content: unknown): string | undefined {
  if (!Array.isArray(content)) return undefined;
  return asText(content.map((piece) => asText(asObject(piece)?.text) ?? '').join(''));
}

/** As this protocol wrote it; undefined for another protocol's. */
export function ownCitation({ raw }: Citation): JsonObject | undefined {
  const location = asObject(raw?.location);
  return location !== undefined && LOCATIONS.some((name) => name in location) ? raw : undefined;
}
