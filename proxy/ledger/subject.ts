/** Whose attempt it is: repeated on every entry of it, so that each can be read, filtered and exported on its own. */
import type { StoredEntry } from './entry-row.ts';

export function subjectOf(reserve: StoredEntry) {
  return {
    requestId: reserve.requestId,
    provider: reserve.provider,
    model: reserve.model,
    accessKeyId: reserve.accessKeyId,
    project: reserve.project,
    client: reserve.client,
    configVersion: reserve.configVersion,
    countsAtMs: reserve.countsAtMs,
  };
}
