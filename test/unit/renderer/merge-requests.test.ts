import { describe, expect, it } from 'vitest';
import { REQUESTS_KEPT_MAX } from '../../../renderer/src/live/reduce-live.ts';
import { mergeRequests } from '../../../renderer/src/pages/requests/merge-requests.ts';
import { protocolWords } from '../../../renderer/src/request/request-words.ts';
import { request } from './views.ts';

const at = (id: string, startedAtMs: number) => request(id, { startedAtMs });

describe('all requests', () => {
  it('puts what the feed brought before the fetched pages, each once', () => {
    const merged = mergeRequests([[at('c', 3), at('b', 2)], [at('a', 1)]], [at('d', 4), at('c', 3)]);
    expect(merged.requests.map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
    expect(merged.gap).toBe(false);
  });

  it('believes the feed where both know a request', () => {
    const merged = mergeRequests([[request('a', { state: 'running' })]], [request('a', { state: 'settled' })]);
    expect(merged.requests).toHaveLength(1);
    expect(merged.requests[0]?.state).toBe('settled');
  });

  it('notices that the feed let go of requests nobody fetched', () => {
    const full = Array.from({ length: REQUESTS_KEPT_MAX }, (_, index) => at(`l${index}`, 1000 - index));
    expect(mergeRequests([[at('old', 1)]], full).gap).toBe(true);
    expect(mergeRequests([[at('met', 1000)]], full).gap).toBe(false);
    expect(mergeRequests([[at('old', 1)]], full.slice(0, -1)).gap).toBe(false);
  });
});

describe('the protocol of a request', () => {
  it.each([
    ['anthropic-messages', true, 'Anthropic Messages, streamed'],
    ['gemini', false, 'Google Gemini'],
    ['something-later', false, 'something-later'],
  ] as const)('%s, streamed: %s', (protocol, stream, words) =>
    expect(protocolWords(request('a', { protocol, stream }))).toBe(words),
  );
});
