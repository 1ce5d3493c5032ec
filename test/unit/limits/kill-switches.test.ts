import { describe, expect, test } from 'vitest';
import { type Config, config } from '../../../proxy/contract/config.ts';
import { killedScopeView, killScope } from '../../../proxy/contract/limits.ts';
import { createKillSwitches, type KillSubject } from '../../../proxy/limits/kill-switches.ts';

function start(stored?: unknown) {
  let kept = stored;
  const seen: [string, boolean][] = [];
  const store = {
    get: () => kept,
    set: (value: unknown) => {
      kept = value;
    },
  };
  const switches = createKillSwitches(store);
  switches.onChange((scope, stopped) => seen.push([scope, stopped]));
  return { switches, seen, stored: () => kept, restart: () => createKillSwitches(store) };
}

const configured = (killSwitch: object): Config['killSwitch'] => config.parse({ version: 1, killSwitch }).killSwitch;
const CALL: KillSubject = { accessKeyId: 'cli', project: 'acme', provider: 'groq', model: 'meta/llama' };

describe('scoped kill switches', () => {
  test.each([
    ['key:cli', 'access key "cli" is stopped'],
    ['project:acme', 'project "acme" is stopped'],
    ['provider:groq', 'provider "groq" is stopped'],
    ['model:groq/meta/llama', 'model "groq/meta/llama" is stopped'],
  ])('%s stops what it names and nothing else', (scope, words) => {
    const { switches } = start();
    expect(killScope.parse(scope)).toBe(scope);
    switches.check(CALL);
    switches.kill(scope, 7);
    expect(() => switches.check(CALL)).toThrow(words);
    expect(() => switches.check(CALL)).toThrow(
      expect.objectContaining({
        code: 'kill_switch',
        status: 503,
        retryable: false,
        details: { facts: { scope, by: 'person' } },
      }),
    );
    expect(switches.stoppedBy(CALL)).toEqual({ scope, by: 'person', sinceMs: 7 });
    switches.check({ accessKeyId: 'cli2', project: 'acme2', provider: 'groq2', model: 'meta/llama' });
    switches.check({ accessKeyId: 'groq', project: 'cli', provider: 'acme', model: 'x' });
    switches.check({});
  });

  test('routing is told of targets', () => {
    const { switches } = start();
    switches.kill('provider:a', 0);
    switches.kill('model:b/m', 0);
    switches.kill('key:c', 0);
    const killed = (provider: string, model: string) => switches.killed({ provider, model });
    expect([killed('a', 'x'), killed('b', 'm'), killed('b', 'n'), killed('c', 'm')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('are kept, told once, and let go', () => {
    const { switches, seen, stored, restart } = start();
    expect([switches.kill('key:cli', 7), switches.kill('key:cli', 9)]).toEqual([true, false]);
    expect([seen, stored()]).toEqual([[['key:cli', true]], { 'key:cli': 7 }]);
    expect(restart().view()).toEqual([{ scope: 'key:cli', by: 'person', sinceMs: 7 }]);
    expect([switches.lift('key:cli'), switches.lift('key:cli')]).toEqual([true, false]);
    expect([seen.at(-1), stored(), restart().view()]).toEqual([['key:cli', false], {}, []]);
    switches.check(CALL);
  });

  test('a config holds its scopes down whatever a person does', () => {
    const { switches, seen } = start();
    switches.setConfigured(configured({ providers: ['groq'], models: ['a/b'], keys: ['cli'], projects: ['p'] }));
    expect(seen.map(([scope]) => scope)).toEqual(['provider:groq', 'model:a/b', 'key:cli', 'project:p']);
    expect(switches.lift('provider:groq')).toBe(false);
    expect(() => switches.check({ provider: 'groq' })).toThrow('its config file holds it down');
    // A person stops it too: nothing changes for calls, and it outlives the config's word.
    switches.kill('provider:groq', 5);
    switches.setConfigured(configured({ models: ['a/b'] }));
    expect(seen.slice(4)).toEqual([
      ['key:cli', false],
      ['project:p', false],
    ]);
    expect(switches.view()).toEqual([
      { scope: 'model:a/b', by: 'config' },
      { scope: 'provider:groq', by: 'person', sinceMs: 5 },
    ]);
    for (const view of switches.view()) expect(killedScopeView.parse(view)).toEqual(view);
    switches.setConfigured(configured({ models: ['a/b'] }));
    expect(seen).toHaveLength(6);
  });

  test('what a person lets go while the config holds it down is no change', () => {
    const { switches, seen } = start();
    switches.kill('key:cli', 1);
    switches.setConfigured(configured({ keys: ['cli'] }));
    expect(switches.lift('key:cli')).toBe(true);
    expect(seen).toEqual([['key:cli', true]]);
    expect(switches.view()).toEqual([{ scope: 'key:cli', by: 'config' }]);
  });

  test('a store that cannot be written leaves everything as it was', () => {
    const switches = createKillSwitches({
      get: () => ({ 'key:a': 1 }),
      set: () => {
        throw new Error('disk full');
      },
    });
    expect(() => switches.kill('key:b', 1)).toThrow('disk full');
    expect(() => switches.lift('key:a')).toThrow('disk full');
    expect(switches.view()).toEqual([{ scope: 'key:a', by: 'person', sinceMs: 1 }]);
  });

  test.each([[['key:a']], ['key:a'], [{ 'key:a': 'now' }]])(
    'what is stored wrongly (%j) is not taken for nothing',
    (stored) => {
      expect(() => start(stored)).toThrow();
    },
  );

  test('names of objects are no scopes', () => {
    const { switches } = start();
    switches.kill('key:__proto__', 1);
    expect(switches.stoppedBy({ accessKeyId: 'constructor', provider: 'toString' })).toBeUndefined();
  });
});
