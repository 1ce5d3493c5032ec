/**
 * How often `auto` is right, on prompts labelled by what a person would want. Three figures: of the prompts that were written
 * after the rules were done (the honest one), of the third that was held out while tuning, and of all. The floors are
 * promises about these prompts; other people's will differ.
 */
import { describe, expect, test } from 'vitest';
import { builtInCatalog } from '../../../proxy/catalog/built-in.ts';
import type { Tier } from '../../../proxy/contract/config.ts';
import { costNano } from '../../../proxy/core/price.ts';
import { classify } from '../../../proxy/routing/classify.ts';
import { HELD_OUT, PROMPTS } from './prompts/all.ts';
import type { LabelledPrompt } from './prompts/labelled.ts';
import { UNSEEN } from './prompts/unseen.ts';

const TIERS: readonly Tier[] = ['economy', 'standard', 'premium'];

interface Confusion {
  /** By what was wanted, then by what was chosen. */
  readonly counts: Readonly<Record<Tier, Record<Tier, number>>>;
  readonly total: number;
  readonly accuracy: number;
}

function confusionOf(prompts: readonly LabelledPrompt[]): Confusion {
  const row = () => ({ economy: 0, standard: 0, premium: 0 });
  const counts = { economy: row(), standard: row(), premium: row() };
  for (const { want, call } of prompts) counts[want][classify(call).tier] += 1;
  const right = TIERS.reduce((sum, tier) => sum + counts[tier][tier], 0);
  return { counts, total: prompts.length, accuracy: right / prompts.length };
}

function recallOf({ counts }: Confusion, tier: Tier): number {
  const row = counts[tier];
  return row[tier] / TIERS.reduce((sum, each) => sum + row[each], 0);
}

function tableOf(name: string, confusion: Confusion): string {
  const lines = TIERS.map((want) => {
    const cells = TIERS.map((chosen) => String(confusion.counts[want][chosen]).padStart(9));
    return `${want.padEnd(10)}${cells.join('')}   recall ${recallOf(confusion, want).toFixed(2)}`;
  });
  const head = `${'wanted'.padEnd(10)}${TIERS.map((tier) => tier.padStart(9)).join('')}`;
  return [`${name}: ${confusion.total} prompts, accuracy ${confusion.accuracy.toFixed(3)}`, head, ...lines].join('\n');
}

describe('the labelled prompts', () => {
  test('are many, and none stands there twice', () => {
    expect(PROMPTS.length).toBeGreaterThanOrEqual(300);
    expect(HELD_OUT.length).toBeGreaterThanOrEqual(PROMPTS.length / 3);
    expect(new Set(PROMPTS.map(({ text }) => text)).size).toBe(PROMPTS.length);
    for (const tier of TIERS) expect(HELD_OUT.filter(({ want }) => want === tier).length).toBeGreaterThanOrEqual(30);
  });

  test.each([
    ['written after the rules', UNSEEN],
    ['held out', HELD_OUT],
    ['all', PROMPTS],
  ])('%s: most get the tier a person would want, and hard ones are seldom missed', (name, prompts) => {
    const confusion = confusionOf(prompts);
    process.stdout.write(`\n${tableOf(name, confusion)}\n`);
    expect(confusion.accuracy).toBeGreaterThanOrEqual(0.8);
    expect(recallOf(confusion, 'premium')).toBeGreaterThanOrEqual(0.7);
    // The two mistakes that hurt: a proof for a small model, a greeting for the dearest.
    expect(confusion.counts.premium.economy).toBe(0);
    expect(confusion.counts.economy.premium).toBe(0);
  });
});

/** One model of each tier at one provider, by the catalog. */
const LADDER: Readonly<Record<Tier, string>> = {
  economy: 'claude-3-haiku-20240307',
  standard: 'claude-sonnet-4-5',
  premium: 'claude-opus-4-5',
};
/** Every answer is counted alike: only the choice of the model makes the difference. */
const OUTPUT_TOKENS = 500;

test('auto costs a fraction of always premium; the mix of tiers is told', () => {
  const catalog = builtInCatalog();
  const costAt = (tier: Tier, { call }: LabelledPrompt): number => {
    const price = catalog.models('anthropic').find(({ id }) => id === LADDER[tier])?.price;
    if (price === undefined) throw new Error(`the catalog has no price for ${LADDER[tier]}`);
    const inputTokens = Math.ceil(classify(call).signals.totalLength / 4);
    return costNano({ inputTokens, outputTokens: OUTPUT_TOKENS }, price);
  };
  const tiers = PROMPTS.map((prompt) => classify(prompt.call).tier);
  const auto = PROMPTS.reduce((sum, prompt, index) => sum + costAt(tiers[index] ?? 'premium', prompt), 0);
  const premium = PROMPTS.reduce((sum, prompt) => sum + costAt('premium', prompt), 0);
  const mix = TIERS.map(
    (tier) => `${tier} ${Math.round((tiers.filter((each) => each === tier).length / tiers.length) * 100)} %`,
  );
  process.stdout.write(
    `\nmix of auto: ${mix.join(', ')}; cost ${(auto / 1e9).toFixed(3)} USD, always premium ${(premium / 1e9).toFixed(3)} USD (${Math.round((auto / premium) * 100)} %)\n`,
  );
  expect(auto).toBeLessThan(premium * 0.75);
});
