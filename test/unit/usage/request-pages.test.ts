import { describe, expect, test } from 'vitest';
import type { RequestFilter } from '../../../proxy/contract/request-filter.ts';
import type { RequestView } from '../../../proxy/contract/views.ts';
import { createUsageStore } from '../../../proxy/usage/usage-store.ts';
import { openForTest } from '../../integration/storage/fixtures.ts';

const START_MS = 1_795_176_000_000;

/** Every third by aider, every fourth failed, every fifth without a provider. */
function request(number: number): RequestView {
  return {
    id: `req_${String(number).padStart(25, '0')}`,
    startedAtMs: START_MS + number * 1_000,
    state: number % 4 === 0 ? 'failed' : 'settled',
    protocol: 'openai-chat',
    stream: false,
    attempts: 1,
    configVersion: 1,
    client: number % 3 === 0 ? 'aider' : 'codex',
    accessKeyId: 'cli',
    modelAsked: `openai/m-${number % 2}`,
    ...(number % 5 === 0 ? {} : { provider: 'openai' }),
  };
}

function stored(count: number) {
  const store = createUsageStore({ db: openForTest().db });
  for (let number = 0; number < count; number += 1) store.record(request(number));
  return store;
}

const NUMBERS = Array.from({ length: 60 }, (_, index) => 59 - index);

describe('the requests on record, narrowed', () => {
  const FILTERS: readonly (readonly [string, RequestFilter, (number: number) => boolean])[] = [
    ['nothing', {}, () => true],
    ['one client', { filters: { client: ['aider'] } }, (n) => n % 3 === 0],
    ['either of two states', { states: ['failed', 'aborted'] }, (n) => n % 4 === 0],
    ['those without a provider', { filters: { provider: [null] } }, (n) => n % 5 === 0],
    ['with or without', { filters: { provider: [null, 'openai'] } }, () => true],
    [
      'several at once',
      { filters: { client: ['aider'], modelAsked: ['openai/m-1'] }, states: ['settled'] },
      (n) => n % 3 === 0 && n % 2 === 1 && n % 4 !== 0,
    ],
    ['from an instant on', { fromMs: START_MS + 20_000 }, (n) => n >= 20],
    ['before an instant', { toMs: START_MS + 20_000 }, (n) => n < 20],
    [
      'a period of a client',
      { filters: { client: ['codex'] }, fromMs: START_MS + 10_000, toMs: START_MS + 30_000 },
      (n) => n % 3 !== 0 && n >= 10 && n < 30,
    ],
    ['what nobody is', { filters: { project: ['acme'] } }, () => false],
  ];

  test.each(FILTERS)('%s, page by page', (_, filter, fits) => {
    const store = stored(60);
    const seen: string[] = [];
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = store.list({ limit: 7, filter, ...(cursor === undefined ? {} : { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(7);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(NUMBERS.filter(fits).map((number) => request(number).id));
  });
});
