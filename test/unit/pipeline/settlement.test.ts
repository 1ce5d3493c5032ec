import { describe, expect, it } from 'vitest';
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
