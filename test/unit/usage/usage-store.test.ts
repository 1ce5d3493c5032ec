import { describe, expect, test } from 'vitest';
import type { RequestView } from '../../../proxy/contract/views.ts';
import { CursorError } from '../../../proxy/usage/cursor.ts';
import { REQUEST_COLUMN_NAMES, rowOfRequest } from '../../../proxy/usage/request-row.ts';
import { createUsageStore } from '../../../proxy/usage/usage-store.ts';
import { openForTest } from '../../integration/storage/fixtures.ts';

const START_MS = 1_795_176_000_000;

const open = () => {
  const { db } = openForTest();
  return { db, store: createUsageStore({ db }) };
};

function request(number: number, more: Partial<RequestView> = {}): RequestView {
  return {
    id: `req_${String(number).padStart(25, '0')}`,
    startedAtMs: START_MS + number,
    state: 'settled',
    protocol: 'openai-chat',
    stream: false,
    attempts: 1,
    configVersion: 1,
    ...more,
  };
}

const EVERY_FIELD: Required<RequestView> = {
  ...request(1),
  state: 'aborted',
  stream: true,
  accessKeyId: 'cli',
  project: 'chatbot',
  client: 'codex',
  modelAsked: 'gatehouse/fast',
  provider: 'openai',
  modelServed: 'openai/gpt-4o-mini',
  attempts: 3,
  process: 'codex',
  mode: 'cheap',
  rule: 'code-to-claude',
  split: { name: 'ab-1', arm: 'openai/gpt-4o' },
  savedPrompt: 'greeting@3',
  providerProtocol: 'anthropic-messages',
  usage: {
    inputTokens: 1,
    cacheReadTokens: 2,
    cacheWriteTokens: 3,
    outputTokens: 4,
    reasoningTokens: 0,
    audioInputTokens: 1,
    webSearches: 2,
  },
  costNano: 9_007_199_254_740_991,
  feeNano: 7,
  chargedNano: 9_007_199_254_740_000,
  askedCostNano: 12,
  providerCostNano: 13,
  warnings: ['unsupported_field (seed)', 'unpriced_extras'],
  certainty: 'estimated',
  finishReason: 'stop',
  status: 200,
  errorCode: 'client_closed',
  firstTokenMs: 12.345,
  durationMs: 99.5,
  overheadMs: 0.25,
  configVersion: 7,
};

describe('a recorded request', () => {
  test('comes back with every field it had', () => {
    const { store } = open();
    store.record(EVERY_FIELD);
    expect(store.get(EVERY_FIELD.id)).toEqual(EVERY_FIELD);
  });

  test('is stored each field in its own column', () => {
    const { db, store } = open();
    store.record(EVERY_FIELD);
    const columns = db.prepare(
      'SELECT access_key_id, model_asked, provider, model_served, finish_reason FROM requests',
    );
    expect(columns.get()).toEqual({
      access_key_id: 'cli',
      model_asked: 'gatehouse/fast',
      provider: 'openai',
      model_served: 'openai/gpt-4o-mini',
      finish_reason: 'stop',
    });
    expect(Object.keys(rowOfRequest(EVERY_FIELD))).toEqual(Object.keys(REQUEST_COLUMN_NAMES));
  });

  test('comes back without the fields that nobody knew', () => {
    const { store } = open();
    store.record(request(1));
    expect(store.get(request(1).id)).toStrictEqual(request(1));
    expect(store.get('req_unknown')).toBeUndefined();
  });

  test('tells usage that was empty from usage that was never sent, and 0 from unknown', () => {
    const { store } = open();
    store.record(request(1, { usage: {}, costNano: 0, durationMs: 0 }));
    expect(store.get(request(1).id)).toStrictEqual(request(1, { usage: {}, costNano: 0, durationMs: 0 }));
  });

  test('is written once', () => {
    const { store } = open();
    store.record(request(1));
    expect(() => store.record(request(1, { state: 'failed' }))).toThrow(/UNIQUE/);
    expect(store.get(request(1).id)?.state).toBe('settled');
  });
});

describe('paging', () => {
  test('10,000 rows, newest first, each exactly once', () => {
    const { db, store } = open();
    // Recorded in another order than started, and many within one millisecond.
    const rows = Array.from({ length: 10_000 }, (_, index) => (index * 7_919) % 10_000);
    db.transaction(() => {
      for (const row of rows) store.record(request(row, { startedAtMs: START_MS + Math.floor(row / 8) }));
    })();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = store.list({ limit: 333, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(Array.from({ length: 10_000 }, (_, index) => request(9_999 - index).id));
  });

  test('is not moved by requests that arrive or end meanwhile', () => {
    const { store } = open();
    for (const row of [10, 20, 30, 40]) store.record(request(row));
    const first = store.list({ limit: 2 });
    expect(first.items.map((item) => item.startedAtMs - START_MS)).toEqual([40, 30]);
    store.record(request(50));
    store.record(request(35));
    store.record(request(15));
    const second = store.list({ limit: 2, cursor: first.nextCursor ?? '' });
    expect(second.items.map((item) => item.startedAtMs - START_MS)).toEqual([20, 15]);
    const third = store.list({ limit: 2, cursor: second.nextCursor ?? '' });
    expect(third).toEqual({ items: [request(10)] });
  });

  test('a page that is just full has no next one', () => {
    const { store } = open();
    expect(store.list({ limit: 2 })).toEqual({ items: [] });
    store.record(request(1));
    store.record(request(2));
    expect(store.list({ limit: 2 })).not.toHaveProperty('nextCursor');
  });

  test('reads along the index, without sorting', () => {
    const { db } = open();
    const plan = db
      .prepare(
        'EXPLAIN QUERY PLAN SELECT * FROM requests WHERE (started_at_ms, id) < (?, ?) ORDER BY started_at_ms DESC, id DESC LIMIT 5',
      )
      .all(1, 'x');
    expect(JSON.stringify(plan)).toContain('requests_by_time');
    expect(JSON.stringify(plan)).not.toContain('TEMP B-TREE');
  });

  test.each(['', 'x', 'W10', Buffer.from('[1]').toString('base64url'), Buffer.from('["1","a"]').toString('base64url')])(
    'a cursor that no page returned is refused: %j',
    (cursor) => {
      expect(() => open().store.list({ limit: 1, cursor })).toThrow(CursorError);
    },
  );
});

describe('counting', () => {
  test('counts from an instant on, that instant included', () => {
    const { store } = open();
    for (const row of [1, 2, 3]) store.record(request(row));
    expect(store.countSince(START_MS + 2)).toBe(2);
    expect(store.countSince(START_MS + 4)).toBe(0);
  });
});

describe('after a crash', () => {
  const facts = {
    requestId: request(1).id,
    startedAtMs: START_MS,
    provider: 'openai',
    model: 'openai/gpt-4o',
    configVersion: 3,
  };

  test('a request without a row gets one; what nobody knows stays unknown', () => {
    const { db, store } = open();
    const more = { ...facts, requestId: request(2).id, accessKeyId: 'cli', project: 'p', attempts: 2, costNano: 5 };
    expect(store.recordInterrupted([facts, { ...more, certainty: 'estimated' }])).toEqual([
      request(1).id,
      request(2).id,
    ]);
    expect(store.get(request(1).id)).toStrictEqual({
      id: request(1).id,
      startedAtMs: START_MS,
      state: 'failed',
      errorCode: 'gateway_crashed',
      protocol: 'unknown',
      stream: false,
      provider: 'openai',
      modelServed: 'openai/gpt-4o',
      attempts: 1,
      configVersion: 3,
    });
    expect(store.get(request(2).id)).toMatchObject({
      accessKeyId: 'cli',
      project: 'p',
      attempts: 2,
      costNano: 5,
      certainty: 'estimated',
    });
    expect(db.prepare('SELECT protocol, stream FROM requests').all()).toEqual([
      { protocol: null, stream: null },
      { protocol: null, stream: null },
    ]);
  });

  test('a request that ended before the crash keeps its row, and a second start adds nothing', () => {
    const { store } = open();
    store.record(request(1));
    expect(store.recordInterrupted([facts])).toEqual([]);
    expect(store.recordInterrupted([{ ...facts, requestId: 'req_x' }])).toEqual(['req_x']);
    expect(store.recordInterrupted([{ ...facts, requestId: 'req_x' }])).toEqual([]);
    expect(store.get(request(1).id)).toStrictEqual(request(1));
  });
});
