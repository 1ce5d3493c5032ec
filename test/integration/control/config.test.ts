/** The config over the control contract: replaced as a whole, read as it was, rolled back; never over somebody else's change. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Config } from '../../../proxy/contract/config.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';

let gate: TestGateway;
afterEach(() => gate.close());

const version = async () => (await gate.control.live.snapshot()).gateway.configVersion;
const withCap = (config: Config, limitUsd: number): Config => ({
  ...config,
  budgets: [{ id: 'cap', scope: 'global', window: 'month', limitUsd, onLimit: 'block' }],
});

describe('settings of the window', () => {
  beforeEach(async () => {
    gate = await startTestGateway();
  });

  test('a replaced config is in force at once, as the next version with its note', async () => {
    const before = await version();
    const current = await gate.control.config.current();
    const replaced = await gate.control.config.replace({
      config: withCap(current, 7),
      baseVersion: before,
      note: 'a cap of 7',
    });
    expect(replaced).toEqual({ version: before + 1 });
    expect(await version()).toBe(before + 1);
    expect(await gate.control.config.current()).toEqual(withCap(current, 7));
    expect((await gate.control.spend.get()).budgets).toMatchObject([{ id: 'cap', limitNano: 7_000_000_000 }]);
    expect(await gate.control.config.versions()).toContainEqual(
      expect.objectContaining({ number: before + 1, source: 'window', note: 'a cap of 7' }),
    );
  });

  test('somebody else was faster: CONFLICT, and theirs stands', async () => {
    const before = await version();
    const current = await gate.control.config.current();
    await gate.control.config.replace({ config: withCap(current, 1), baseVersion: before, note: 'theirs' });
    const late = gate.control.config.replace({ config: withCap(current, 2), baseVersion: before, note: 'ours' });
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT', status: 409 });
    expect((await gate.control.config.current()).budgets).toMatchObject([{ limitUsd: 1 }]);
    expect(await version()).toBe(before + 1);
  });

  test('of two at the same time exactly one wins', async () => {
    const before = await version();
    const current = await gate.control.config.current();
    const results = await Promise.allSettled(
      [1, 2].map((limitUsd) =>
        gate.control.config.replace({ config: withCap(current, limitUsd), baseVersion: before, note: `${limitUsd}` }),
      ),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await version()).toBe(before + 1);
  });

  test('one that does not hold changes nothing and names the place', async () => {
    const before = await version();
    const current = await gate.control.config.current();
    const twice = { ...current, providers: [...current.providers, ...current.providers] };
    const bad = gate.control.config.replace({ config: twice, baseVersion: before, note: 'bad' });
    await expect(bad).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const pattern = {
      ...current,
      routing: { ...current.routing, rules: [{ name: 'r', when: { promptMatches: '(' }, use: 'sim/echo' }] },
    };
    const refused = gate.control.config.replace({ config: pattern, baseVersion: before, note: 'bad' });
    await expect(refused).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('promptMatches'),
    });
    expect(await version()).toBe(before);
    expect(await gate.control.config.current()).toEqual(current);
  });

  test('a version can be read as it was applied, and rolled back to as a new one', async () => {
    const first = await version();
    const original = await gate.control.config.current();
    const { version: second } = await gate.control.config.replace({
      config: withCap(original, 3),
      baseVersion: first,
      note: 'a cap',
    });
    expect((await gate.control.config.version({ number: first })).config).toEqual(original);
    const applied = await gate.control.config.version({ number: second });
    expect(applied.config).toEqual(withCap(original, 3));
    expect(applied.yaml).toContain('limitUsd: 3');
    expect((await gate.control.config.check({ yaml: applied.yaml })).ok).toBe(true);

    expect(await gate.control.config.rollBack({ number: first })).toEqual({ version: second + 1 });
    expect(await gate.control.config.current()).toEqual(original);
    expect(await gate.control.config.versions()).toContainEqual(
      expect.objectContaining({ number: second + 1, note: `back to version ${first}` }),
    );
    expect((await gate.control.spend.get()).budgets).toEqual([]);
    // What a person edited on the version before is out of date now.
    const late = gate.control.config.replace({ config: original, baseVersion: second, note: 'late' });
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test.each([0, -1, 99])('there is no version %d', async (number) => {
    await expect(gate.control.config.version({ number })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(gate.control.config.rollBack({ number })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

test('a config file rules: neither replaced nor rolled back', async () => {
  gate = await startTestGateway({ budgets: [{ id: 'cap', scope: 'global', window: 'month', limitUsd: 1 }] });
  const config = await gate.control.config.current();
  const baseVersion = await version();
  const replaced = gate.control.config.replace({ config, baseVersion, note: 'no' });
  await expect(replaced).rejects.toMatchObject({ code: 'MANAGED', status: 409 });
  await expect(gate.control.config.rollBack({ number: baseVersion })).rejects.toMatchObject({ code: 'MANAGED' });
  expect((await gate.control.config.version({ number: baseVersion })).config).toEqual(config);
});
