/** How often a provider may search the web for a request, read from the tools that the request offers. */
import { asCount, asObject, type JsonObject } from '../core/json-value.ts';

/**
 * For a search tool without a limit of its own. No provider documents one for an answer; Anthropic's loop ends after ten
 * rounds, and answers that searched more often than this are not known. What exceeds it is charged all the same.
 */
export const SEARCHES_MAX = 20;

/** Only lists with this in their bytes are read: most have no such tool, and some are long. */
const SIGN = /search|\\u/i;

export interface SearchTool {
  /** Undefined: it says no limit. */
  readonly limit: number | undefined;
}

/** `toolOf`: undefined for a tool that does not search. Undefined when there is none that does, and for what is no list. */
export function searchesMaxOf(
  tools: Buffer | undefined,
  toolOf: (tool: JsonObject) => SearchTool | undefined,
): number | undefined {
  if (tools === undefined || !SIGN.test(tools.toString('latin1'))) return undefined;
  const list: unknown = JSON.parse(tools.toString('utf8'));
  if (!Array.isArray(list)) return undefined;
  const found = list.flatMap((entry) => {
    const tool = asObject(entry);
    return (tool === undefined ? undefined : toolOf(tool)) ?? [];
  });
  if (found.length === 0) return undefined;
  return found.reduce((all, { limit }) => all + (limit ?? SEARCHES_MAX), 0);
}

/** The limit in a field, at most a thousand, so that sums of money stay whole numbers. */
export function limitIn(value: unknown): number | undefined {
  const limit = asCount(value);
  return limit === undefined ? undefined : Math.min(limit, 1_000);
}
