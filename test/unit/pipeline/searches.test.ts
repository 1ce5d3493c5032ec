import { describe, expect, it } from 'vitest';
import { observingUntold, searchWarnings, withUntoldSearches } from '../../../proxy/pipeline/bridge/searches.ts';
import type { ObservedResult, RequestFacts, StreamObserver } from '../../../proxy/protocols/codec.ts';

const FACTS: RequestFacts = {
  model: 'm',
  stream: false,
  wantsUsage: false,
  choices: 1,
  inputTokensMax: 1,
  inputTokensEstimate: 1,
};
const PRICE = { inputNanoPerMTok: 1, outputNanoPerMTok: 1 };

describe('a search without a known price', () => {
  const may = { ...FACTS, searchesMax: 3 };
  it.each([
    ['is warned of', may, { id: 'm', price: PRICE }, ['search_price_unknown']],
    ['is none where the price is known', may, { id: 'm', price: { ...PRICE, extras: { searchNano: 1 } } }, []],
    ['is none where the request asks for none', FACTS, { id: 'm', price: PRICE }, []],
    ['says nothing new of a model without any price', may, { id: 'm' }, []],
    ['says nothing new of an unknown model', may, undefined, []],
  ])('%s', (_name, facts, info, codes) => {
    expect(searchWarnings(facts, info).map(({ code }) => code)).toEqual(codes);
  });
});

describe('searches that an answer does not count', () => {
  const facts = { ...FACTS, searchesUntold: 1 };
  const answer: ObservedResult = { usage: { inputTokens: 1, outputTokens: 2 }, outputTokensEstimate: 0 };

  it('are added, and the usage is an assumption', () => {
    expect(withUntoldSearches(facts, answer)).toEqual({
      usage: { inputTokens: 1, outputTokens: 2, webSearches: 1 },
      assumed: true,
      outputTokensEstimate: 0,
    });
  });
  it.each<[name: string, facts: RequestFacts, answer: ObservedResult]>([
    ['the provider counted them', facts, { ...answer, usage: { webSearches: 4 } }],
    ['the provider refused', facts, { error: { message: 'no' }, outputTokensEstimate: 0 }],
    ['it is no answer', facts, { malformed: true, outputTokensEstimate: 0 }],
    ['the request asked for none', FACTS, answer],
  ])('are not where %s', (_name, asked, observed) => {
    expect(withUntoldSearches(asked, observed)).toBe(observed);
  });
  it('are added at the end of a stream and when it is aborted', () => {
    const summary = { ...answer, complete: true, terminated: true };
    const forward = Buffer.from('x');
    const inner: StreamObserver = {
      push: () => ({ committed: true }),
      end: () => ({ forward, summary }),
      summary: () => summary,
    };
    const observer = observingUntold(facts, inner);
    expect(observer.push(forward)).toEqual({ committed: true });
    expect(observer.summary().usage?.webSearches).toBe(1);
    expect(observer.end()).toMatchObject({ forward, summary: { usage: { webSearches: 1 }, assumed: true } });
    expect(observingUntold(FACTS, inner)).toBe(inner);
  });
});
