/**
 * Searches of the web that a chat request asks for: OpenAI's search models and OpenRouter's plugin make one an answer and
 * count it nowhere; OpenRouter's and Groq's tools make as many as they like.
 */
import { asObject } from '../../core/json-value.ts';
import { limitIn, searchesMaxOf } from '../search-tools.ts';
import type { RequestFields } from './request-fields.ts';

type Names = 'model' | 'tools' | 'web_search_options' | 'plugins';

export interface RequestSearches {
  readonly searchesMax?: number;
  /** Made whatever the answer says, for it does not count them. */
  readonly searchesUntold?: number;
}

export function requestSearches(fields: RequestFields<Names>): RequestSearches {
  const byTools = searchesMaxOf(fields.bytes('tools'), ({ type, parameters }) => {
    const searches = typeof type === 'string' && type !== 'function' && type !== 'custom' && type.includes('search');
    return searches ? { limit: limitIn(asObject(parameters)?.max_uses) } : undefined;
  });
  const plugins = fields.value('plugins');
  const once =
    fields.value('web_search_options') !== undefined ||
    (Array.isArray(plugins) && plugins.some((plugin) => asObject(plugin)?.id === 'web')) ||
    String(fields.value('model')).endsWith(':online');
  if (byTools === undefined && !once) return {};
  return { searchesMax: (byTools ?? 0) + (once ? 1 : 0), ...(once ? { searchesUntold: 1 } : {}) };
}
