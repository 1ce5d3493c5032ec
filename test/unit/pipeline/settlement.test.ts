import { describe, expect, it } from 'vitest';
import type { Usage } from '../../../proxy/core/usage.ts';
import { settlementOf } from '../../../proxy/pipeline/settlement.ts';

const INFO = { id: 'm', price: { inputNanoPerMTok: 1_000_000_000, outputNanoPerMTok: 2_000_000_000 } };
const settle = (observed: Parameters<typeof settlementOf>[1], info: Parameters<typeof settlementOf>[3] = INFO) =>
  settlementOf('att_1', observed, 40, info);

describe('what is charged and how sure it is', () => {
  it('the provider’s usage is exact', () => {
    expect(settle({ usage: { inputTokens: 10, outputTokens: 5 }, outputTokensEstimate: 99 })).toMatchObject({
      costNano: 20_000,
      certainty: 'exact',
    });
  });
  it('zero tokens that were reported are exact too', () => {
    expect(settle({ usage: { inputTokens: 0, outputTokens: 0 }, outputTokensEstimate: 99 })).toMatchObject({
      costNano: 0,
      certainty: 'exact',
    });
  });
  it('an answer that was all reasoning is exact', () => {
    expect(settle({ usage: { inputTokens: 10, reasoningTokens: 5 }, outputTokensEstimate: 99 })).toMatchObject({
      costNano: 20_000,
      certainty: 'exact',
    });
  });
  it('without usage both sides are counted here', () => {
    expect(settle({ outputTokensEstimate: 7 })).toMatchObject({
      costNano: 40 * 1000 + 7 * 2000,
      certainty: 'estimated',
      usage: { inputTokens: 40, outputTokens: 7 },
    });
  });
  it('half a usage keeps what was reported and counts the rest', () => {
    expect(settle({ usage: { inputTokens: 10 }, outputTokensEstimate: 7 })).toMatchObject({
      costNano: 10 * 1000 + 7 * 2000,
      certainty: 'estimated',
    });
  });
  it('without a price the cost is unknown, not 0, and the tokens are kept', () => {
    const settled = settle({ usage: { inputTokens: 10, outputTokens: 5 }, outputTokensEstimate: 0 }, { id: 'm' });
    expect(settled).toMatchObject({ certainty: 'unknown', usage: { inputTokens: 10, outputTokens: 5 } });
    expect(settled.costNano).toBeUndefined();
  });
});

describe('what is used beside the tokens', () => {
  const usage = { inputTokens: 100, outputTokens: 50 };
  const tokens = 100 * 1000 + 50 * 2000;
  const priced = {
    id: 'm',
    price: {
      ...INFO.price,
      extras: { searchNano: 10_000_000, audioInputNanoPerMTok: 3_000_000_000, imageOutputNanoPerMTok: 9_000_000_000 },
    },
  };
  const rows: [name: string, usage: Usage, costNano: number][] = [
    ['searches', { webSearches: 2, imageOutputTokens: 0 }, tokens + 20_000_000],
    ['audio that was heard', { audioInputTokens: 40, imageOutputTokens: 0 }, tokens + 40 * 2000],
    ['a picture that was drawn', { imageOutputTokens: 30 }, tokens + 30 * 7000],
    ['pages that were fetched, which cost their tokens', { webFetches: 3, imageOutputTokens: 0 }, tokens],
    ['pictures that were seen, which cost their tokens', { imageInputTokens: 60, imageOutputTokens: 0 }, tokens],
  ];
  it.each(rows)('%s', (_name, extras, costNano) => {
    const settled = settle({ usage: { ...usage, ...extras }, outputTokensEstimate: 0 }, priced);
    expect(settled).toMatchObject({ costNano, certainty: 'exact', usage: extras });
    expect(settled.reason).toBeUndefined();
  });

  const unpriced: [name: string, usage: Usage][] = [
    ['a search', { webSearches: 1 }],
    ['audio heard', { audioInputTokens: 1 }],
    ['audio heard by its length', { audioInputSeconds: 1 }],
    ['audio spoken', { audioOutputTokens: 1 }],
    ['a picture drawn', { imageOutputTokens: 1 }],
    ['a tool of another kind', { otherToolUses: 1 }],
  ];
  it.each(unpriced)('%s without a known price is no exact charge', (_name, extras) => {
    const settled = settle({ usage: { ...usage, ...extras }, outputTokensEstimate: 0 });
    expect(settled).toMatchObject({ costNano: tokens, certainty: 'estimated', reason: 'unpriced_extras' });
    const cut = settlementOf(
      'a',
      { usage: { ...usage, ...extras }, outputTokensEstimate: 0 },
      40,
      INFO,
      'upstream_cut',
    );
    expect(cut.reason).toBe('upstream_cut');
  });

  it('a drawing model that does not tell its pictures apart is charged as if all were picture, and not exactly', () => {
    expect(settle({ usage, outputTokensEstimate: 0 }, priced)).toMatchObject({
      costNano: 100 * 1000 + 50 * 9000,
      certainty: 'estimated',
    });
  });

  it('of audio beside cached tokens nobody says how much was cached', () => {
    const heard = { ...usage, cacheReadTokens: 10, audioInputTokens: 40, imageOutputTokens: 0 };
    expect(settle({ usage: heard, outputTokensEstimate: 0 }, priced)).toMatchObject({ certainty: 'estimated' });
  });

  it('what was assumed is charged, and not exactly', () => {
    const searched = { ...usage, webSearches: 1, imageOutputTokens: 0 };
    expect(settle({ usage: searched, outputTokensEstimate: 0, assumed: true }, priced)).toMatchObject({
      costNano: tokens + 10_000_000,
      certainty: 'estimated',
    });
  });
});
