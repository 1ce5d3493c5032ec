import { describe, expect, it } from 'vitest';
import type { ModelView } from '../../../renderer/src/contract-views.ts';
import { EVERY_MODEL, filterModels } from '../../../renderer/src/pages/models/filter-models.ts';
import { lowestOf } from '../../../renderer/src/pages/models/model-facts.ts';
import { capabilityWords, priceOf, priceOrigin, yesNo } from '../../../renderer/src/pages/models/model-words.ts';
import { BY_NAME, nextSort, sortModels } from '../../../renderer/src/pages/models/sort-models.ts';

const GPT: ModelView = {
  id: 'openai/gpt-9',
  provider: 'openai',
  family: 'gpt',
  purpose: 'chat',
  inputUsdPerMTok: 2,
  tools: true,
  inputModalities: ['text', 'image'],
  tier: 'premium',
};
const SMALL: ModelView = { id: 'local/small-2', provider: 'local', purpose: 'chat', inputUsdPerMTok: 0, tools: false };
const SILENT: ModelView = { id: 'local/small-10', provider: 'local' };
const ALL = [GPT, SMALL, SILENT];

const ids = (models: readonly ModelView[]) => models.map(({ id }) => id);

describe('the filter of the models page', () => {
  it.each([
    [{}, ['openai/gpt-9', 'local/small-2', 'local/small-10'], 0],
    [{ search: ' GPT openai ' }, ['openai/gpt-9'], 0],
    [{ search: 'gpt small' }, [], 0],
    [{ provider: 'local' }, ['local/small-2', 'local/small-10'], 0],
    [{ purpose: 'chat' }, ['openai/gpt-9', 'local/small-2'], 0],
    [{ capabilities: ['tools'] }, ['openai/gpt-9'], 1],
    [{ capabilities: ['vision', 'tools'] }, ['openai/gpt-9'], 1],
    [{ capabilities: ['reasoning'] }, [], 3],
  ] as const)('%j shows %j and is unsure of %i', (filter, shown, unsure) => {
    const found = filterModels(ALL, { ...EVERY_MODEL, ...filter });
    expect(ids(found.shown)).toEqual(shown);
    expect(found.unsure).toBe(unsure);
  });
});

describe('the order of the models page', () => {
  it('counts the numbers in names', () => {
    expect(ids(sortModels(ALL, BY_NAME))).toEqual(['local/small-2', 'local/small-10', 'openai/gpt-9']);
  });

  it('puts what is unknown last in either direction, and free before paid', () => {
    const by = (direction: 'ascending' | 'descending') => ids(sortModels(ALL, { column: 'input', direction }));
    expect(by('ascending')).toEqual(['local/small-2', 'openai/gpt-9', 'local/small-10']);
    expect(by('descending')).toEqual(['openai/gpt-9', 'local/small-2', 'local/small-10']);
  });

  it('turns round on the second click only', () => {
    const once = nextSort(BY_NAME, 'input');
    expect(once).toEqual({ column: 'input', direction: 'ascending' });
    expect(nextSort(once, 'input').direction).toBe('descending');
    expect(nextSort(nextSort(once, 'input'), 'input').direction).toBe('ascending');
  });
});

describe('a model in words', () => {
  it('never shows an unknown price as nothing to pay', () => {
    expect(priceOf(undefined)).toBe('unknown');
    expect(priceOf(0)).toBe('free');
    expect(priceOf(3, 'en')).toBe('$3.00');
    expect(priceOf(0.0375, 'en')).toBe('$0.0375');
  });

  it('keeps unknown apart from no', () => {
    expect([yesNo(true), yesNo(false), yesNo(undefined)]).toEqual(['yes', 'no', 'unknown']);
    expect(capabilityWords(GPT)).toBe('tools · vision');
    expect(capabilityWords(SILENT)).toBe('');
  });

  it('says where a price comes from', () => {
    expect(priceOrigin(SILENT)).toBeUndefined();
    expect(priceOrigin({ ...GPT, priceSource: 'config' })).toBe('your config');
    expect(priceOrigin({ ...GPT, priceSource: 'list', priceAsOf: '2026-11-01' })).toBe('list, 2026-11-01');
  });

  it('marks the lowest price only where another one is known to be higher', () => {
    const usd = (model: ModelView) => model.inputUsdPerMTok;
    expect(lowestOf(usd, ALL, SMALL)).toBe(true);
    expect(lowestOf(usd, ALL, GPT)).toBe(false);
    expect(lowestOf(usd, ALL, SILENT)).toBe(false);
    expect(lowestOf(usd, [GPT, SILENT], GPT)).toBe(false);
  });
});
