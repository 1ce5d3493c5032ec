/** The gates that are a few lines each: fees, key policy, downgrade. */
import { describe, expect, test } from 'vitest';
import type { FeesConfig, KeyPolicy, Tier } from '../../../proxy/contract/config.ts';
import { feeNano } from '../../../proxy/ledger/charge-amount.ts';
import type { OnLimit } from '../../../proxy/limits/budgets.ts';
import { downgradeTiers, tierBelow, tiersBelow } from '../../../proxy/limits/downgrade.ts';
import { feeBpsFor, withFeeNano } from '../../../proxy/limits/fees.ts';
import { expired, expiresAtMs, mayUse, withinTier } from '../../../proxy/limits/key-policy.ts';

describe('fees', () => {
  const fees: FeesConfig = { defaultBps: 100, projects: { acme: 1_500, free: 0 }, clients: { aider: 300 } };
  test.each<[Parameters<typeof feeBpsFor>[1], number]>([
    [{}, 100],
    [{ project: 'acme' }, 1_500],
    [{ project: 'free' }, 0],
    [{ project: 'other' }, 100],
    [{ client: 'aider' }, 300],
    [{ client: 'aider', project: 'acme' }, 300],
    [{ client: 'other', project: 'acme' }, 1_500],
    [{ client: 'constructor', project: 'toString' }, 100],
  ])('%j: %i basis points', (subject, bps) => {
    expect(feeBpsFor(fees, subject)).toBe(bps);
  });
  test('without any', () => {
    expect(feeBpsFor({ defaultBps: 0 }, { project: 'acme', client: 'aider' })).toBe(0);
  });
  test.each([
    [0, 1_500],
    [1, 1],
    [9_999, 1],
    [10_000, 1],
    [7_000_000_000_000_001, 333],
    [123_456_789, 0],
  ])('%i with %i bps is what the ledger charges', (cost, bps) => {
    expect(withFeeNano(cost, bps)).toBe(cost + feeNano(cost, bps));
  });
  test('more than a ledger holds is an error, not a rounded number', () => {
    expect(() => withFeeNano(Number.MAX_SAFE_INTEGER, 1)).toThrow(RangeError);
  });
});

describe('what a key may use', () => {
  test.each<[string[] | undefined, string, boolean]>([
    [undefined, 'openai/gpt-4o', true],
    [['openai/*'], 'openai/gpt-4o', true],
    [['openai/*'], 'openai/', true],
    [['openai/*'], 'openai', false],
    [['openai/*'], 'xopenai/gpt', false],
    [['*'], 'groq/meta/llama', true],
    [['groq/llama-3.3'], 'groq/llama-3.3', true],
    [['groq/llama-3.3'], 'groq/llama-313', false],
    [['groq/llama-3.3'], 'groq/llama-3.3-70b', false],
    [['*/llama*instruct*'], 'groq/llama-3-instruct-turbo', true],
    [['*/llama*instruct*'], 'groq/instruct-llama', false],
    [['a*a'], 'a', false],
    [['a*a'], 'aa', true],
    [['a*b*a'], 'aba', true],
    [['a*b*a'], 'aa', false],
    [['a**b'], 'ab', true],
    [['x/*', 'y/z'], 'y/z', true],
    [['openai/*'], 'OpenAI/gpt', false],
    [['$^.+/(a)'], '$^.+/(a)', true],
  ])('%j and %s: %s', (models, model, allowed) => {
    expect(mayUse(models === undefined ? undefined : { models }, model)).toBe(allowed);
  });
  test('a pattern made to be slow is not', () => {
    expect(mayUse({ models: [`${'a*'.repeat(90)}b`] }, 'a'.repeat(100_000))).toBe(false);
  });
  test.each<[Tier | undefined, Tier | undefined, boolean]>([
    [undefined, undefined, true],
    [undefined, 'premium', true],
    ['economy', 'economy', true],
    ['economy', 'standard', false],
    ['standard', 'economy', true],
    ['standard', 'premium', false],
    ['premium', 'premium', true],
    ['premium', undefined, false],
  ])('up to %s: a model of tier %s: %s', (maxTier, tier, allowed) => {
    expect(withinTier(maxTier === undefined ? {} : { maxTier }, tier)).toBe(allowed);
  });
  test.each<[KeyPolicy | undefined, number, boolean]>([
    [undefined, 0, false],
    [{}, 0, false],
    [{ expiresAt: '1970-01-01T00:00:01Z' }, 999, false],
    [{ expiresAt: '1970-01-01T00:00:01Z' }, 1_000, true],
    [{ expiresAt: '1970-01-01T02:00:01+02:00' }, 1_000, true],
  ])('%j at %i has expired: %s', (policy, nowMs, over) => {
    expect(expired(policy, nowMs)).toBe(over);
    expect(expiresAtMs(policy) === undefined).toBe(policy?.expiresAt === undefined);
  });
});

describe('downgrade', () => {
  test('goes down one tier at a time, to the end', () => {
    expect([tierBelow('premium'), tierBelow('standard'), tierBelow('economy')]).toEqual([
      'standard',
      'economy',
      undefined,
    ]);
    expect(tiersBelow('premium')).toEqual(['standard', 'economy']);
    expect(tiersBelow('economy')).toEqual([]);
  });
  const over = (tier: Tier | undefined, ...onLimits: OnLimit[]) => ({
    tier,
    tooTight: onLimits.map((onLimit) => ({ onLimit })),
  });
  test.each<[string, Parameters<typeof downgradeTiers>[0], Tier[]]>([
    ['nothing was too dear', [], []],
    ['one that says so', [over('premium', 'downgrade')], ['standard', 'economy']],
    ['at the bottom', [over('economy', 'downgrade')], []],
    ['another budget blocks', [over('premium', 'downgrade', 'block')], []],
    ['only blocking', [over('premium', 'block')], []],
    ['the dearest counts', [over('economy', 'downgrade'), over('standard', 'downgrade')], ['economy']],
    ['one candidate is blocked, another not', [over('premium', 'block'), over('standard', 'downgrade')], ['economy']],
    ['an unknown tier', [over(undefined, 'downgrade')], ['standard', 'economy']],
    ['no budget at all', [over('premium')], []],
  ])('%s', (_name, excluded, tiers) => {
    expect(downgradeTiers(excluded)).toEqual(tiers);
  });
});
