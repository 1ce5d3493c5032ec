/**
 * A month of requests on record before the gateway starts, written by the gateway's own store: tests of periods need
 * days that have gone by. Figures come from a fixed pattern, so a test can say what they add up to.
 */

import type { RequestView } from '../../../proxy/contract/views.ts';
import { systemClock } from '../../../proxy/core/clock.ts';
import { openStorage } from '../../../proxy/storage/open.ts';
import { createUsageStore } from '../../../proxy/usage/usage-store.ts';

const DAY_MS = 86_400_000;
const DAYS = 30;

const MODELS = [
  { provider: 'openai', model: 'openai/gpt-5-mini', costNano: 2_400_000, ms: 900 },
  { provider: 'anthropic', model: 'anthropic/claude-sonnet-4-5', costNano: 9_100_000, ms: 1_900 },
  { provider: 'groq', model: 'groq/llama-3.3-70b-versatile', costNano: 600_000, ms: 240 },
] as const;
const CLIENTS = ['claude-code', 'aider', 'nightly-eval'] as const;
const PROJECTS = ['acme', 'website', undefined] as const;

/** `count` requests of the day that ended `daysAgo` days before `nowMs`. */
function requestsOfDay(daysAgo: number, nowMs: number): RequestView[] {
  const count = 6 + ((daysAgo * 7) % 11);
  return Array.from({ length: count }, (_, index) => {
    const target = MODELS[(index + daysAgo) % MODELS.length] ?? MODELS[0];
    const failed = (index + daysAgo) % 13 === 0;
    const project = PROJECTS[index % PROJECTS.length];
    return {
      id: `req_${String(daysAgo).padStart(3, '0')}${String(index).padStart(22, '0')}`,
      startedAtMs: nowMs - daysAgo * DAY_MS - index * 60_000,
      state: failed ? 'failed' : 'settled',
      protocol: 'openai-chat',
      stream: true,
      accessKeyId: 'default',
      ...(project === undefined ? {} : { project }),
      client: CLIENTS[index % CLIENTS.length] ?? 'aider',
      process: 'node',
      modelAsked: index % 2 === 0 ? 'auto' : target.model,
      provider: target.provider,
      modelServed: target.model,
      attempts: 1,
      ...(failed
        ? { errorCode: 'upstream_cut' }
        : {
            usage: { inputTokens: 1_800 + index * 40, cacheReadTokens: 600, outputTokens: 420, reasoningTokens: 60 },
            costNano: target.costNano,
            feeNano: 0,
            chargedNano: target.costNano,
            askedCostNano: 9_100_000,
            certainty: 'exact' as const,
          }),
      firstTokenMs: target.ms / 4,
      durationMs: target.ms + index * 35,
      configVersion: 1,
    };
  });
}

/** Every request of the history, oldest first; the newest is a day old. */
export function history(nowMs: number): readonly RequestView[] {
  return Array.from({ length: DAYS }, (_, index) => requestsOfDay(DAYS - index, nowMs)).flat();
}

/** Writes them into the database of a gateway that is not running. */
export function writeHistory(dataDir: string, requests: readonly RequestView[]): void {
  const storage = openStorage({ dataDir, clock: systemClock });
  const store = createUsageStore({ db: storage.db });
  for (const request of requests) store.record(request);
  storage.close();
}
