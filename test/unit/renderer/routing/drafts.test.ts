import { describe, expect, it } from 'vitest';
import { type Config, config, type RuleConfig } from '../../../../proxy/contract/config.ts';
import {
  editModel,
  modelSettings,
  priceDraftOf,
  priceProblems,
  withPrices,
  withServed,
} from '../../../../renderer/src/pages/models/edit-model.ts';
import { modelFlags } from '../../../../renderer/src/pages/models/model-flags.ts';
import { editProvider, withPrefer } from '../../../../renderer/src/pages/providers/edit-provider.ts';
import {
  defaultsOf,
  defaultsProblems,
  draftOf,
  editDefaults,
} from '../../../../renderer/src/pages/routing/defaults/defaults-draft.ts';
import { askableNames, targetNames } from '../../../../renderer/src/pages/routing/parts/model-names.ts';
import { ruleDraftOf, ruleOf, ruleProblems } from '../../../../renderer/src/pages/routing/rules/rule-draft.ts';
import { doesWords, whenWords } from '../../../../renderer/src/pages/routing/rules/rule-words.ts';
import {
  shares,
  splitDraftOf,
  splitOf,
  splitProblems,
} from '../../../../renderer/src/pages/routing/splits/split-draft.ts';
import { tabOf } from '../../../../renderer/src/pages/routing/tabs.ts';
import { FIRST_TRY, tryInput } from '../../../../renderer/src/pages/routing/try/try-draft.ts';
import { provider } from '../views.ts';

const EMPTY = config.parse({ version: 1 });
const WHOLE_RULE: RuleConfig = {
  name: 'all',
  when: {
    promptMatches: '(?i)x',
    key: 'ci-*',
    project: ['a', 'b'],
    client: 'cline',
    model: ['gpt-*', 'o3'],
    inputTokensMin: 10,
    inputTokensMax: 20,
    tools: true,
    images: false,
    timeOfDay: '22:00-06:00',
    days: ['fri'],
  },
  use: 'sim/echo',
  mode: 'code',
};

describe('a rule’s form', () => {
  it.each([
    WHOLE_RULE,
    { name: 'refuses', when: {}, refuse: 'No.' },
    { name: 'by mode', when: { tools: false }, mode: 'latency' },
  ] satisfies RuleConfig[])('gives $name back as it was', (rule) => {
    expect(ruleOf(ruleDraftOf(rule))).toEqual(rule);
    expect(ruleProblems(ruleDraftOf(rule), [])).toEqual({});
  });

  it.each([
    [{ name: '' }, [], 'name'],
    [{ name: 'b' }, ['b'], 'name'],
    [{ use: '', mode: undefined }, [], ''],
    [{ does: 'refuse', refuse: ' ' }, [], 'refuse'],
    [{ timeOfDay: '22-6' }, [], 'when.timeOfDay'],
    [{ inputTokensMin: 30 }, [], 'when.inputTokensMax'],
  ] as const)('says what is wrong with %j', (part, taken, field) => {
    expect(Object.keys(ruleProblems({ ...ruleDraftOf(WHOLE_RULE), ...part }, taken))).toContain(field);
  });

  it('reads as a sentence', () => {
    expect(whenWords({})).toBe('Every call');
    expect(whenWords(WHOLE_RULE.when)).toBe(
      'When the prompt matches (?i)x and the access key is ci-* and the project is a or b and the tool is cline and the model asked for is gpt-* or o3 and the input has 10 to 20 tokens and the call has tools and the call has no images and it is 22:00 to 06:00 and the day is Fri',
    );
    expect(doesWords(WHOLE_RULE)).toBe('use sim/echo in mode code');
    expect(doesWords({ name: 'm', when: {}, mode: 'cheap' })).toBe('route cheap');
    expect(doesWords({ name: 'r', when: {}, refuse: 'No.' })).toBe('refuse: “No.”');
  });
});

describe('a split’s form', () => {
  const split = {
    name: 'ab',
    model: 'gatehouse/chat',
    targets: [{ use: 'sim/echo', weight: 90 }],
    stickyBy: 'none' as const,
  };
  it('gives a split back as it was', () => expect(splitOf(splitDraftOf(split))).toEqual(split));

  it('wants names, models and weights above 0', () => {
    const draft = splitDraftOf(undefined);
    expect(splitProblems({ ...draft, arms: [{ key: 0, use: 'echo', weight: '' }] }, [])).toMatchObject({
      name: 'Give the split a name',
      model: 'Name the model that is asked for',
      'targets.0.use': 'Write it as provider/model-id',
      'targets.0.weight': 'Above 0',
    });
    expect(splitProblems(splitDraftOf(split), [split]).name).toMatch(/exists already/);
    expect(splitProblems(splitDraftOf(split), [])).toEqual({});
  });

  it('shows each arm’s part, when every weight is there', () => {
    expect(shares([1, 3])).toEqual([25, 75]);
    expect(shares([1, ''])).toBeUndefined();
    expect(shares([1, 0])).toBeUndefined();
    expect(shares([])).toBeUndefined();
  });
});

describe('the defaults', () => {
  it('are left out of the config where they are as they would be anyway', () => {
    expect(defaultsOf(draftOf({}))).toEqual({});
    const all = {
      defaultMode: 'code',
      equivalents: false,
      sticky: false,
      hedge: true,
      attemptsMax: 2,
      failoverSeconds: 9,
    } as const;
    expect(defaultsOf(draftOf(all))).toEqual(all);
  });

  it('are saved beside the rest of the routing settings, not over a change of others', () => {
    const now: Config = { ...EMPTY, routing: { rules: [WHOLE_RULE], attemptsMax: 3 } };
    const draft = { ...draftOf(now.routing), attemptsMax: 5 };
    expect(editDefaults(now.routing, draft)(now, false)?.routing).toEqual({ rules: [WHOLE_RULE], attemptsMax: 5 });
    expect(editDefaults({}, draft)(now, false)).toBeUndefined();
    expect(editDefaults({}, draft)(now, true)?.routing.attemptsMax).toBe(5);
  });

  it.each([0, 11, 2.5, ''])('%j is no number of tries', (attemptsMax) =>
    expect(defaultsProblems({ ...draftOf({}), attemptsMax })).toHaveProperty('attemptsMax'),
  );
});

describe('a provider and its models', () => {
  const sim = provider('sim', { kind: 'simulator', baseUrl: 'simulator:' });
  const withSim = config.parse({
    version: 1,
    providers: [{ id: 'sim', kind: 'simulator', models: [{ id: 'echo', tier: 'premium' }] }],
  });
  const echo = { id: 'sim/echo', provider: 'sim' };

  it('are changed where they are, and a server that was found is written into the config', () => {
    const off = editProvider(sim, (now) => ({ ...now, enabled: false }))(withSim);
    expect(off?.providers[0]).toMatchObject({ enabled: false, models: [{ id: 'echo', tier: 'premium' }] });
    expect(editProvider(sim, (now) => now)(EMPTY)).toBeUndefined();
    const found = provider('ollama', { kind: 'ollama', baseUrl: 'http://127.0.0.1:11434/v1', discovered: true });
    expect(editProvider(found, (now) => withPrefer(now, true))(EMPTY)?.providers).toMatchObject([
      { id: 'ollama', prefer: true },
    ]);
  });

  it('a model keeps what is not edited, and what is taken back is left out', () => {
    const off = editModel(echo, sim, (model) => withServed(model, false))(withSim);
    expect(modelSettings(off, echo)).toEqual({ id: 'echo', tier: 'premium', enabled: false });
    const on = off && editModel(echo, sim, (model) => withPrefer(withServed(model, true), false))(off);
    expect(modelSettings(on, echo)).toEqual({ id: 'echo', tier: 'premium' });
    const fresh = editModel({ id: 'sim/a/b' }, sim, (model) => withPrefer(model, true))(withSim);
    expect(modelSettings(fresh, { id: 'sim/a/b', provider: 'sim' })).toEqual({ id: 'a/b', prefer: true });
  });

  it('a price of one’s own is what is filled in; the rest is the catalog’s', () => {
    const draft = { ...priceDraftOf(undefined), inputUsdPerMTok: 0, outputUsdPerMTok: 2 };
    const priced = withPrices({ id: 'echo', cacheReadUsdPerMTok: 1 }, draft);
    expect(priced).toEqual({ id: 'echo', inputUsdPerMTok: 0, outputUsdPerMTok: 2 });
    expect(priceDraftOf(priced)).toEqual({ ...draft, cacheReadUsdPerMTok: '', cacheWriteUsdPerMTok: '' });
    expect(priceProblems(draft)).toEqual({});
    expect(priceProblems({ ...draft, outputUsdPerMTok: 20_000 })).toHaveProperty('outputUsdPerMTok');
  });

  it('what was decided is told in a few words', () => {
    const decided = config.parse({
      version: 1,
      providers: [
        { id: 'sim', kind: 'simulator', models: [{ id: 'echo', enabled: false, prefer: true }, { id: 'json' }] },
      ],
    });
    const flags = modelFlags(decided, [
      { scope: 'model:sim/echo', by: 'person' },
      { scope: 'provider:sim', by: 'person' },
    ]);
    expect([...flags]).toEqual([['sim/echo', 'stopped, switched off, preferred']]);
  });
});

describe('names to choose from', () => {
  const models = [
    { id: 'a/llama', provider: 'a', family: 'llama' },
    { id: 'b/llama-x', provider: 'b', family: 'llama' },
    { id: 'b/solo', provider: 'b', family: 'solo' },
  ];
  const settings = {
    virtualModels: [
      { id: 'a/llama', targets: ['b/solo'] },
      { id: 'fast', targets: ['b/solo'] },
    ],
    routing: {},
  };

  it('are each there once; a family only where it is a choice', () => {
    const groups = askableNames(settings, models);
    const names = groups.flatMap(({ items }) => items);
    expect(new Set(names).size).toBe(names.length);
    expect(groups.find(({ group }) => group.startsWith('Families'))?.items).toEqual(['llama']);
    expect(names).toContain('auto:code');
  });

  it('a target is a provider’s model, or a virtual model written like one', () => {
    expect(targetNames(settings, models).flatMap(({ items }) => items)).toEqual(['a/llama', 'b/llama-x', 'b/solo']);
  });
});

describe('a call to try', () => {
  it('sends what is filled in', () => {
    expect(tryInput({ ...FIRST_TRY, model: '  ' })).toBeUndefined();
    const models = ['sim/echo', ' ', ' groq/llama '].map((name, key) => ({ key, name }));
    expect(tryInput({ ...FIRST_TRY, models, stream: true })).toMatchObject({
      models: ['sim/echo', 'groq/llama'],
      stream: true,
    });
    expect(tryInput(FIRST_TRY)).toEqual({
      model: 'auto',
      prompt: 'Hello',
      tools: false,
      image: false,
      jsonSchema: false,
      stream: false,
    });
    expect(tryInput({ ...FIRST_TRY, mode: 'code', maxTokens: 5, project: ' acme ', client: 'cline' })).toMatchObject({
      mode: 'code',
      maxTokens: 5,
      project: 'acme',
      client: 'cline',
    });
  });

  it('an unknown tab is the first', () => {
    expect(tabOf('rules')).toBe('rules');
    expect(tabOf('nothing')).toBe('try');
    expect(tabOf(undefined)).toBe('try');
  });
});
