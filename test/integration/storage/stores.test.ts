import { describe, expect, test } from 'vitest';
import { createConfigVersions } from '../../../proxy/storage/config-versions.ts';
import { createCredentialIndex } from '../../../proxy/storage/credential-index.ts';
import { createStateStore } from '../../../proxy/storage/state-store.ts';
import { openForTest, steppingClock, thrownBy } from './fixtures.ts';

const START_MS = 1_795_176_000_000;
const open = () => ({ db: openForTest().db, clock: steppingClock(START_MS) });

describe('the credential index', () => {
  test('puts, replaces, lists by provider and removes', () => {
    const index = createCredentialIndex(open());
    expect(index.list()).toEqual([]);
    expect(index.get('openai')).toBeUndefined();
    index.put({ providerId: 'openai', backend: 'keychain', hint: 'sk-…x4Qf' });
    index.put({ providerId: 'groq', backend: 'keychain', hint: 'gsk…1' });
    const replaced = index.put({ providerId: 'openai', backend: 'encrypted-file', hint: 'sk-…new' });
    expect(index.get('openai')).toEqual(replaced);
    expect(replaced).toEqual({
      providerId: 'openai',
      backend: 'encrypted-file',
      hint: 'sk-…new',
      updatedAtMs: START_MS + 2,
    });
    expect(index.list().map((entry) => entry.providerId)).toEqual(['groq', 'openai']);
    expect(index.remove('groq')).toBe(true);
    expect(index.remove('groq')).toBe(false);
    expect(index.list()).toEqual([replaced]);
  });
});

describe('the state store', () => {
  test('keeps anything JSON can say, and tells null from nothing', () => {
    const state = createStateStore(open());
    expect(state.get('pause')).toBeUndefined();
    state.set('pause', { active: true, sinceMs: 5 });
    state.set('nothing', null);
    expect(state.get('pause')).toEqual({ active: true, sinceMs: 5 });
    expect(state.get('nothing')).toBeNull();
    state.set('pause', { active: false });
    expect(state.get('pause')).toEqual({ active: false });
    state.delete('pause');
    state.delete('pause');
    expect(state.get('pause')).toBeUndefined();
    expect(() => state.set('pause', undefined)).toThrow(TypeError);
  });
});

describe('config versions', () => {
  test('are numbered from 1, and the same config again is no new version', () => {
    const versions = createConfigVersions(open());
    expect(versions.current()).toBeUndefined();
    expect(versions.list()).toEqual([]);
    const first = versions.append({ source: 'default', config: { version: 1 } });
    expect(first).toMatchObject({ number: 1, appliedAtMs: START_MS, source: 'default', json: '{"version":1}' });
    expect(versions.append({ source: 'file', config: { version: 1 } })).toEqual(first);
    const second = versions.append({ source: 'window', note: 'cap of $5', config: { version: 1, budgets: [] } });
    expect(second.number).toBe(2);
    expect(versions.current()).toEqual(second);
    expect(versions.get(1)).toEqual(first);
    expect(versions.get(3)).toBeUndefined();
    expect(versions.list()).toEqual([
      { number: 2, appliedAtMs: START_MS + 1, source: 'window', note: 'cap of $5' },
      { number: 1, appliedAtMs: START_MS, source: 'default' },
    ]);
    // Back to the first one is a new version: the numbers tell what ran when.
    expect(versions.append({ source: 'cli', config: { version: 1 } }).number).toBe(3);
  });

  test.each([
    ['updated', "UPDATE config_versions SET json = '{}'"],
    ['deleted', 'DELETE FROM config_versions'],
    ['replaced', "INSERT OR REPLACE INTO config_versions VALUES (1, 0, 'cli', NULL, '{}', 'x')"],
  ])('are never %s', (_, sql) => {
    const { db, clock } = open();
    const versions = createConfigVersions({ db, clock });
    const first = versions.append({ source: 'default', config: { version: 1 } });
    expect(() => db.exec(sql)).toThrow(/never/);
    expect(versions.current()).toEqual(first);
  });

  test('a text that is not what was written is refused', () => {
    const { db, clock } = open();
    const versions = createConfigVersions({ db, clock });
    db.exec("INSERT INTO config_versions VALUES (1, 0, 'cli', NULL, '{\"version\":1}', 'not its checksum')");
    expect(thrownBy(() => versions.current())).toMatchObject({ reason: 'corrupt' });
  });
});
