/**
 * Who answers on a port. Ports 1234 and 11434 are taken by other programs too, so that somebody listens there says
 * nothing: only what no other program answers counts.
 */
import { asObject, asText } from '../core/json-value.ts';
import type { LocalServer, Look } from './types.ts';

/** True when the server at this place is what its kind says. */
export function identify({ kind, origin }: LocalServer, look: Look, signal: AbortSignal): Promise<boolean> {
  const at = (path: string) => look(origin, path, signal);
  switch (kind) {
    case 'ollama':
      return isOllama(at);
    case 'lmstudio':
      return isLmStudio(at);
    default:
      return kind satisfies never;
  }
}

type At = (path: string) => Promise<unknown>;

async function isOllama(at: At): Promise<boolean> {
  const version = asObject(await at('/api/version'));
  // Another Gatehouse answers like Ollama for the sake of editors, and says who it is.
  if (version === undefined || version.gatehouse !== undefined) return false;
  if (!/^\d+\.\d+\.\d+/.test(asText(version.version) ?? '')) return false;
  return Array.isArray(asObject(await at('/api/tags'))?.models);
}

const LM_STUDIO_TYPES: ReadonlySet<unknown> = new Set(['llm', 'vlm', 'embeddings', 'tts', 'stt']);

async function isLmStudio(at: At): Promise<boolean> {
  const own = asObject(await at('/api/v0/models'));
  if (own?.object === 'list' && everyEntry(own.data, (entry) => LM_STUDIO_TYPES.has(entry.type))) return true;
  // Releases before 0.3.6 have only OpenAI's list, with an owner that nobody else names.
  const { data } = asObject(await at('/v1/models')) ?? {};
  return Array.isArray(data) && data.length > 0 && everyEntry(data, (entry) => entry.owned_by === 'organization_owner');
}

function everyEntry(list: unknown, holds: (entry: Readonly<Record<string, unknown>>) => boolean): boolean {
  return (
    Array.isArray(list) &&
    list.every((item) => {
      const entry = asObject(item);
      return asText(entry?.id) !== undefined && entry !== undefined && holds(entry);
    })
  );
}
