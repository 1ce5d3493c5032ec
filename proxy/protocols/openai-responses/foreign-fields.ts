/** Request fields that only this protocol knows: kept for it, and told apart by whether others must warn of leaving them out. */
import type { ForeignFields } from '../../core/call.ts';
import type { Json, JsonObject } from '../../core/json.ts';

/** Of no consequence to the answer. */
const QUIET: ReadonlySet<string> = new Set([
  'store',
  'include',
  'stream_options',
  'client_metadata',
  'prompt_cache_retention',
  'prompt_cache_options',
  'safety_identifier',
  'background',
]);

/** Values that ask for nothing. */
function isDefault(key: string, value: unknown): boolean {
  return value === null || value === undefined || (key === 'truncation' && value === 'disabled');
}

/** Also without any: they say whose call it is. `rest`: what is left of fields that are known in part, by the field's name. */
export function splitForeign(
  request: Readonly<Record<string, unknown>>,
  handled: ReadonlySet<string>,
  rest: JsonObject,
): ForeignFields {
  const fields: Record<string, Json> = { ...rest };
  const quiet: Record<string, Json> = {};
  for (const [key, value] of Object.entries(request)) {
    if (handled.has(key) || value === null || value === undefined || key in STATE_FIELDS) continue;
    (QUIET.has(key) || isDefault(key, value) ? quiet : fields)[key] = value as Json;
  }
  return { protocol: 'openai-responses', fields, ...(Object.keys(quiet).length === 0 ? {} : { quiet }) };
}

/** Refused before, unless they say no. */
const STATE_FIELDS: Readonly<Record<string, true>> = {
  previous_response_id: true,
  conversation: true,
  prompt: true,
  background: true,
};
