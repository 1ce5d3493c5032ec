import { describe, expect, it } from 'vitest';
import { conversationKey } from '../../../proxy/routing/conversation.ts';
import { modelIndexOf } from '../../../proxy/routing/model-index.ts';
import { rankTargets } from '../../../proxy/routing/score.ts';
import { stayWithCache } from '../../../proxy/routing/sticky.ts';
import { createStickyBook } from '../../../proxy/routing/sticky-book.ts';
import type { EndpointHealth } from '../../../proxy/routing/types.ts';
import { call, model, provider, shape, state } from './support/fixtures.ts';

describe('staying with the cache', () => {
  /** Best by itself is `best`; `held` costs twice as much and reads its cache for a tenth. 100,000 tokens in, 2,000 out. */
  function outcome(held: string | undefined, health: Partial<EndpointHealth> = {}, bestUsd = 1, heldUsd = 2) {
    const providers = [
      provider('best', { models: [model('m', [bestUsd, bestUsd])] }),
      provider('held', { models: [model('m', [heldUsd, heldUsd, heldUsd / 10])] }),
    ];
    const { health: look, providers: map } = state(providers, { health: { 'held/m': health } });
    const index = modelIndexOf(map);
    const given = shape('m', { inputTokensEstimate: 100_000 });
    const ranked = rankTargets(index.listed('m'), { shape: given, mode: 'cheap', health: look, unknownNeeds: () => 0 });
    const { ranked: order, sticky, reason } = stayWithCache(ranked, held, given, look);
    return { first: order[0]?.target.scope.provider, sticky, reason };
  }

  it('costs less than starting anew elsewhere', () => {
    expect(outcome('held/m')).toEqual({
      first: 'held',
      sticky: true,
      reason: 'The conversation stays with held/m, which holds its cache.',
    });
  });

  it('is given up where starting anew costs less than the cache', () => {
    // Staying: 100,000 * 0.2 + 2,000 * 2 millionths; leaving: 102,000 * 0.2 millionths.
    expect(outcome('held/m', {}, 0.2)).toEqual({
      first: 'best',
      sticky: false,
      reason: "held/m holds the conversation's cache, but best/m costs about $0.0036 less without one.",
    });
  });

  it.each<[what: string, health: Partial<EndpointHealth>]>([
    ['its breaker is half open', { breaker: 'half-open' }],
    ["its provider's breaker is", { providerBreaker: 'half-open' }],
    ['half of its calls fail', { errorRate: 0.5 }],
  ])('is given up where %s', (_what, health) => {
    expect(outcome('held/m', health)).toEqual({
      first: 'best',
      sticky: false,
      reason: "held/m holds the conversation's cache, but it is failing.",
    });
  });

  it('is nothing to decide where nobody holds one, the holder is gone, or it is the best anyway', () => {
    expect(outcome(undefined)).toEqual({ first: 'best', sticky: false, reason: undefined });
    expect(outcome('gone/m')).toEqual({ first: 'best', sticky: false, reason: undefined });
    expect(outcome('best/m')).toEqual({ first: 'best', sticky: true, reason: undefined });
  });
});

describe('the key of a conversation', () => {
  const turn = (system: string, ...texts: readonly string[]) =>
    shape('m', {
      decoded: call('', {
        messages: [
          { role: 'system', parts: [{ kind: 'text', text: system }] },
          ...texts.map((text, at) => ({
            role: at % 2 === 0 ? ('user' as const) : ('assistant' as const),
            parts: [{ kind: 'text' as const, text }],
          })),
        ],
      }),
    });

  it('stays the same from turn to turn', () => {
    const first = conversationKey(turn('s', 'hello'), {});
    expect(first).toBeTypeOf('string');
    expect(conversationKey(turn('s', 'hello', 'hi', 'and now'), {})).toBe(first);
  });

  it('is another one for other words, another key, another client', () => {
    const keys = [
      conversationKey(turn('s', 'hello'), {}),
      conversationKey(turn('s', 'hello!'), {}),
      conversationKey(turn('s!', 'hello'), {}),
      conversationKey(turn('sh', 'ello'), {}),
      conversationKey(turn('a,b', 'c'), {}),
      conversationKey(turn('a', 'b,c'), {}),
      conversationKey(turn('s', 'hello'), { accessKeyId: 'a' }),
      conversationKey(turn('s', 'hello'), { client: 'a' }),
      conversationKey(turn('s', 'hello'), { session: 'a' }),
      conversationKey(turn('s', 'hello'), { session: 'a', accessKeyId: 'a' }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("is the client's own name for it, whatever is said", () => {
    const caller = { session: 'x' };
    expect(conversationKey(turn('s', 'one'), caller)).toBe(conversationKey(turn('t', 'two'), caller));
  });

  it('can be told by nobody without the secret of the process, and holds no word of the prompt', () => {
    const one = conversationKey(turn('s', 'hello'), {}, Buffer.alloc(32, 1));
    expect(one).not.toBe(conversationKey(turn('s', 'hello'), {}, Buffer.alloc(32, 2)));
    expect(one).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('is not there where it cannot be told', () => {
    expect(conversationKey(shape('m', { decoded: undefined }), {})).toBeUndefined();
    expect(conversationKey(shape('m', { decoded: call('', { messages: [] }) }), {})).toBeUndefined();
  });
});

describe('the sticky book', () => {
  it('remembers for as long as it is told to, from the last call on', () => {
    const book = createStickyBook({ conversationsMax: 10, keptMs: 100 });
    book.note('c', 'p/m', 0);
    expect(book.target('c', 99)).toBe('p/m');
    book.note('c', 'q/m', 99);
    expect(book.target('c', 198)).toBe('q/m');
    expect(book.target('c', 199)).toBeUndefined();
    expect(book.size()).toBe(0);
  });

  it('forgets the longest unused when it is full', () => {
    const book = createStickyBook({ conversationsMax: 2, keptMs: 100 });
    for (const [at, name] of ['a', 'b', 'a', 'c'].entries()) book.note(name, `p/${name}`, at);
    expect([book.size(), book.target('a', 5), book.target('b', 5), book.target('c', 5)]).toEqual([
      2,
      'p/a',
      undefined,
      'p/c',
    ]);
  });
});
