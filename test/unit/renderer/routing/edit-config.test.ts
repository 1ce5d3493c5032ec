import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { type Config, config, type VirtualModelConfig } from '../../../../proxy/contract/config.ts';
import {
  problemsUnder,
  reportedProblems,
  schemaProblems,
} from '../../../../renderer/src/config-edit/config-problems.ts';
import { moveItem, replaceItem, sameItem } from '../../../../renderer/src/config-edit/edit-list.ts';
import {
  ChangedElsewhereError,
  type ConfigDesk,
  RefusedConfigError,
  saveConfig,
} from '../../../../renderer/src/config-edit/save-config.ts';
import {
  editItem,
  FALLBACKS,
  moveInList,
  RULES,
  VIRTUAL_MODELS,
} from '../../../../renderer/src/pages/routing/parts/list-parts.ts';

const EMPTY = config.parse({ version: 1 });
const FAST: VirtualModelConfig = { id: 'gatehouse/fast', targets: ['sim/echo'] };
const SAFE: VirtualModelConfig = { id: 'gatehouse/safe', targets: ['sim/json'] };

describe('one item of a list', () => {
  it('is found however its keys are ordered, and whether or not something left out is named', () => {
    expect(sameItem({ a: 1, b: [2] }, { b: [2], a: 1, c: undefined })).toBe(true);
    expect(sameItem({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
  });

  it.each([
    ['added', undefined, 'c', ['a', 'b', 'c']],
    ['replaced', 'a', 'c', ['c', 'b']],
    ['removed', 'a', undefined, ['b']],
    ['gone', 'x', 'c', undefined],
  ] as const)('is %s', (_, seen, next, expected) =>
    expect(replaceItem<string>(['a', 'b'], seen, next)).toEqual(expected),
  );

  it('moves by one place and no further than the ends', () => {
    expect(moveItem(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b']);
    expect(moveItem(['a', 'b'], 'a', -1)).toEqual(['a', 'b']);
    expect(moveItem(['a', 'b'], 'b', 1)).toEqual(['a', 'b']);
    expect(moveItem(['a', 'b'], 'x', 1)).toBeUndefined();
  });
});

describe('a list of the routing settings', () => {
  it('keeps what others changed beside the edited item', () => {
    const others = { ...EMPTY, virtualModels: [SAFE, FAST], timeZone: 'UTC' };
    const edited = editItem(VIRTUAL_MODELS, FAST, { ...FAST, mode: 'latency' })(others, false);
    expect(edited).toEqual({ ...others, virtualModels: [SAFE, { ...FAST, mode: 'latency' }] });
  });

  it('does not go over what somebody else changed, unless the person insists', () => {
    const theirs = { ...FAST, targets: ['sim/cached'] };
    const now: Config = { ...EMPTY, virtualModels: [theirs] };
    const edit = editItem(VIRTUAL_MODELS, FAST, { ...FAST, targets: ['sim/json'] });
    expect(edit(now, false)).toBeUndefined();
    expect(edit(now, true)?.virtualModels).toEqual([{ ...FAST, targets: ['sim/json'] }]);
    expect(edit(EMPTY, true)?.virtualModels).toEqual([{ ...FAST, targets: ['sim/json'] }]);
    expect(editItem(VIRTUAL_MODELS, FAST, undefined)(now, true)?.virtualModels).toEqual([]);
  });

  it('leaves no empty list behind', () => {
    const rule = { name: 'a', when: {}, mode: 'cheap' as const };
    const withRule = editItem(RULES, undefined, rule)({ ...EMPTY, routing: { sticky: false } }, false);
    expect(withRule?.routing).toEqual({ sticky: false, rules: [rule] });
    expect(withRule && editItem(RULES, rule, undefined)(withRule, false)?.routing).toEqual({ sticky: false });
  });

  it('keeps fallback chains in their order, and names their place as the gateway does', () => {
    const chain = { name: 'openai/gpt-4o', targets: ['sim/echo'] };
    const first = editItem(
      FALLBACKS,
      undefined,
      chain,
    )({ ...EMPTY, routing: { fallbacks: { auto: ['sim/json'] } } }, false);
    expect(first?.routing.fallbacks).toEqual({ auto: ['sim/json'], 'openai/gpt-4o': ['sim/echo'] });
    expect(FALLBACKS.path(chain, 1)).toBe('routing.fallbacks["openai/gpt-4o"]');
    expect(FALLBACKS.path({ name: 'auto', targets: [] }, 0)).toBe('routing.fallbacks.auto');
  });

  it('moves an item only as the person saw it', () => {
    const now: Config = { ...EMPTY, virtualModels: [FAST, SAFE] };
    expect(moveInList(VIRTUAL_MODELS, SAFE, -1)(now)?.virtualModels).toEqual([SAFE, FAST]);
    expect(moveInList(VIRTUAL_MODELS, { ...SAFE, mode: 'code' }, -1)(now)).toBeUndefined();
  });
});

describe('problems of an edited part', () => {
  it('are read line by line, with and without a path', () => {
    expect(reportedProblems('routing.rules[0].use: found "x"; expected y\nsomething: else is wrong here')).toEqual([
      { path: 'routing.rules[0].use', message: 'Found "x"; expected y' },
      { path: 'something', message: 'Else is wrong here' },
    ]);
    expect(reportedProblems('Gatehouse cannot do this: no disk')).toEqual([
      { path: '', message: 'Gatehouse cannot do this: no disk' },
    ]);
    expect(reportedProblems('routing.fallbacks["my model"][1]: found it')[0]?.path).toBe(
      'routing.fallbacks["my model"][1]',
    );
  });

  it('stand at their field, and those of others apart', () => {
    const problems = [
      { path: 'routing.splits[1].targets[0].use', message: 'A' },
      { path: 'routing.splits[1]', message: 'B' },
      { path: 'routing.splits[10].model', message: 'C' },
    ];
    const { fields, others } = problemsUnder(problems, 'routing.splits[1]');
    expect(fields).toEqual({ 'targets.0.use': 'A', '': 'B' });
    expect(others).toEqual([problems[2]]);
    const [longer] = [{ path: 'routing.fallbacks.auto2[0]', message: 'D' }];
    expect(problemsUnder([longer], 'routing.fallbacks.auto').fields).toEqual({});
  });

  it('come in the contract’s own words', () => {
    const problems = schemaProblems(config.shape.virtualModels, [{ id: 'Not fine', targets: [] }]);
    expect(Object.keys(problems)).toEqual(['0.id', '0.targets']);
    expect(problems['0.id']).toMatch(/^Use lower-case letters/);
  });
});

describe('saving', () => {
  it('asks for the config anew when another edit came between, and keeps both', async () => {
    const gateway = configInMemory(EMPTY, [(now) => ({ ...now, timeZone: 'UTC' })]);
    const saved = await saveConfig(
      gateway.desk,
      { note: 'n', change: editItem(VIRTUAL_MODELS, undefined, FAST) },
      false,
    );
    expect(gateway.now()).toEqual({ ...EMPTY, timeZone: 'UTC', virtualModels: [FAST] });
    expect(saved.before).toEqual({ ...EMPTY, timeZone: 'UTC' });
    expect(saved.version).toBe(3);
  });

  it('gives up when every try is crossed, and says when the item itself was changed', async () => {
    const busy = configInMemory(
      EMPTY,
      Array(9).fill((now: Config) => now),
    );
    const edit = { note: 'n', change: (now: Config) => now };
    await expect(saveConfig(busy.desk, edit, false)).rejects.toMatchObject({ code: 'CONFLICT' });
    const gone = { note: 'n', change: editItem(VIRTUAL_MODELS, FAST, undefined) };
    await expect(saveConfig(configInMemory(EMPTY, []).desk, gone, false)).rejects.toBeInstanceOf(ChangedElsewhereError);
  });

  it('hands over what was tried when the gateway refuses it', async () => {
    const refusing = configInMemory(EMPTY, [], 'virtualModels[0].targets[0]: found nothing');
    const edit = { note: 'n', change: editItem(VIRTUAL_MODELS, undefined, FAST) };
    const error = await saveConfig(refusing.desk, edit, false).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RefusedConfigError);
    expect(error).toMatchObject({ attempted: { virtualModels: [FAST] } });
  });
});

/** The config procedures over a config in memory; each of `crossing` is applied just before one replacement. */
function configInMemory(start: Config, crossing: ((now: Config) => Config)[], refusal?: string) {
  let now = start;
  let version = 1;
  const waiting = [...crossing];
  const apply = (next: Config) => {
    now = next;
    version += 1;
  };
  const desk: ConfigDesk = {
    versions: async () => [{ number: version }],
    current: async () => now,
    replace: async (input) => {
      const other = waiting.shift();
      if (other !== undefined) apply(other(now));
      if (input.baseVersion !== version) throw new ORPCError('CONFLICT', { status: 409 });
      if (refusal !== undefined) throw new ORPCError('BAD_REQUEST', { status: 400, message: refusal });
      apply(input.config);
      return { version };
    },
  };
  return { desk, now: () => now };
}
