import { describe, expect, it } from 'vitest';
import type { Price } from '../../../proxy/core/price.ts';
import { attemptBoundNano } from '../../../proxy/pipeline/bound.ts';
import type { RequestFacts } from '../../../proxy/protocols/codec.ts';
import type { ModelInfo } from '../../../proxy/providers/types.ts';

const FACTS: RequestFacts = {
  model: 'm',
  stream: false,
  wantsUsage: false,
  choices: 1,
  inputTokensMax: 1_000_000,
  inputTokensEstimate: 250_000,
};
/** 1 USD in, 2 USD out: one token costs 1,000 and 2,000 nano-dollars. */
const PRICE = { inputNanoPerMTok: 1_000_000_000, outputNanoPerMTok: 2_000_000_000 };
const model = (more: Partial<ModelInfo>): ModelInfo => ({ id: 'm', price: PRICE, ...more });

describe('the most an attempt can cost', () => {
  const rows: [name: string, facts: Partial<RequestFacts>, info: Partial<ModelInfo>, nano: number][] = [
    ['input by bytes, output by the client', { inputTokensMax: 100, maxOutputTokens: 10 }, {}, 100 * 1000 + 10 * 2000],
    ['input never above the context', { maxOutputTokens: 10 }, { contextTokens: 500 }, 500 * 1000 + 10 * 2000],
    [
      'output by the model when the client says nothing',
      { inputTokensMax: 100 },
      { maxOutputTokens: 50 },
      100 * 1000 + 50 * 2000,
    ],
    [
      'output by the context when nothing else is known',
      { inputTokensMax: 100 },
      { contextTokens: 70 },
      70 * 1000 + 70 * 2000,
    ],
    ['every choice is billed', { inputTokensMax: 100, maxOutputTokens: 10, choices: 3 }, {}, 100 * 1000 + 30 * 2000],
    [
      'the client’s limit counts even above the model’s',
      { inputTokensMax: 100, maxOutputTokens: 90 },
      { maxOutputTokens: 50 },
      100 * 1000 + 90 * 2000,
    ],
    [
      'the dearest bucket bounds',
      { inputTokensMax: 100, maxOutputTokens: 10 },
      { price: { ...PRICE, cacheWriteNanoPerMTok: 1_250_000_000, reasoningNanoPerMTok: 3_000_000_000 } },
      100 * 1250 + 10 * 3000,
    ],
  ];
  const long = (aboveInputTokens: number): Price => ({
    ...PRICE,
    longContext: { aboveInputTokens, rates: { inputNanoPerMTok: 3_000_000_000, outputNanoPerMTok: 2_000_000_000 } },
  });
  rows.push(
    [
      'a window longer than usual that has a price is reached',
      { inputTokensMax: 900, maxOutputTokens: 0 },
      { contextTokens: 200, price: long(200) },
      900 * 3000,
    ],
    [
      'a price for long input inside the window does not widen it',
      { inputTokensMax: 900, maxOutputTokens: 0 },
      { contextTokens: 200, price: long(100) },
      200 * 3000,
    ],
    [
      'the price of the request itself is held',
      { inputTokensMax: 1, maxOutputTokens: 0 },
      { price: { ...PRICE, extras: { requestNano: 5_000_000 } } },
      5_000_000 + 1000,
    ],
  );
  const extras = { searchNano: 10_000_000, audioInputNanoPerMTok: 4_000_000_000 };
  rows.push(
    [
      'every search the request allows is held',
      { inputTokensMax: 100, maxOutputTokens: 0, searchesMax: 8 },
      { price: { ...PRICE, extras } },
      100 * 1000 + 80_000_000,
    ],
    [
      'input that may be audio is held at the price of audio',
      { inputTokensMax: 100, maxOutputTokens: 0, audio: true },
      { price: { ...PRICE, extras } },
      100 * 4000,
    ],
    [
      'text is not held at the price of audio',
      { inputTokensMax: 100, maxOutputTokens: 0 },
      { price: { ...PRICE, extras } },
      100 * 1000,
    ],
  );
  it.each(rows)('%s', (_name, facts, info, nano) => {
    expect(attemptBoundNano({ ...FACTS, ...facts }, model(info), true)).toBe(nano);
  });

  it('without a price is refused under a budget and nothing without one', () => {
    expect(() => attemptBoundNano(FACTS, { id: 'm' }, true)).toThrowError(
      expect.objectContaining({ code: 'price_unknown' }),
    );
    expect(() => attemptBoundNano(FACTS, undefined, true)).toThrowError(
      expect.objectContaining({ code: 'price_unknown' }),
    );
    expect(attemptBoundNano(FACTS, undefined, false)).toBe(0);
  });

  const unpriced: [model: boolean | undefined, provider: boolean | undefined, served: boolean][] = [
    [undefined, undefined, false],
    [undefined, false, false],
    [undefined, true, true],
    [true, undefined, true],
    [true, false, true],
    [false, true, false],
  ];
  it.each(unpriced)(
    'without a price under a budget: model says %s, provider says %s -> %s',
    (own, provider, served) => {
      const info: ModelInfo = { id: 'm', ...(own === undefined ? {} : { allowUnpriced: own }) };
      const bound = () => attemptBoundNano(FACTS, info, true, provider);
      if (served) expect(bound()).toBe(0);
      else expect(bound).toThrowError(expect.objectContaining({ code: 'price_unknown' }));
    },
  );

  it('of a model that nobody knows is what its provider says; a known price still counts', () => {
    expect(attemptBoundNano(FACTS, undefined, true, true)).toBe(0);
    expect(attemptBoundNano({ ...FACTS, inputTokensMax: 1, maxOutputTokens: 0 }, model({}), true, true)).toBe(1000);
  });

  it('without any bound of the answer is refused under a budget', () => {
    expect(() => attemptBoundNano(FACTS, model({}), true)).toThrowError(
      expect.objectContaining({ code: 'price_unknown' }),
    );
  });

  it('of a model that costs nothing for output needs no bound of it', () => {
    expect(
      attemptBoundNano(
        { ...FACTS, inputTokensMax: 1 },
        model({ price: { inputNanoPerMTok: 1_000_000_000, outputNanoPerMTok: 0 } }),
        true,
      ),
    ).toBe(1000);
  });
});
