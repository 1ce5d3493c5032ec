/** Saved prompts in a real database: numbered versions that nothing changes, and text that is gone when it is removed. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { LabelTaken } from '../../../proxy/prompts/label-taken.ts';
import { createSavedPrompts } from '../../../proxy/prompts/saved-prompts.ts';
import type { NewVersion } from '../../../proxy/prompts/types.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { openForTest, steppingClock } from '../storage/fixtures.ts';

const FIRST = 1_795_176_000_000;

function store() {
  const storage = openForTest();
  return { storage, prompts: createSavedPrompts({ db: storage.db, clock: steppingClock(FIRST) }) };
}

function says(content: string, extra: Partial<NewVersion> = {}): NewVersion {
  return { id: 'greet', messages: [{ role: 'user', content }], parameters: {}, ...extra };
}

describe('saving', () => {
  test('numbers versions from 1 within each prompt and tells their variables', () => {
    const { prompts } = store();
    const { version, added } = prompts.save({
      id: 'greet',
      label: 'first',
      messages: [
        { role: 'system', content: 'Speak {{ language }}. Never {{shout!}}.' },
        { role: 'user', content: 'Greet {{name}} in {{language}}.' },
      ],
      parameters: { model: 'sim/echo', temperature: 0, maxTokens: 20 },
    });
    expect({ added, version }).toEqual({
      added: true,
      version: {
        version: 1,
        label: 'first',
        createdAtMs: expect.any(Number),
        variables: ['language', 'name'],
        messages: [
          { role: 'system', content: 'Speak {{ language }}. Never {{shout!}}.' },
          { role: 'user', content: 'Greet {{name}} in {{language}}.' },
        ],
        parameters: { model: 'sim/echo', temperature: 0, maxTokens: 20 },
      },
    });
    prompts.save(says('other', { id: 'other' }));
    prompts.save(says('two', { title: 'Greetings' }));
    expect(prompts.get('greet')).toMatchObject({ title: 'Greetings', versions: [{ version: 2 }, { version: 1 }] });
    expect(prompts.list().map(({ id, title, versions, newest }) => [id, title, versions, newest.version])).toEqual([
      ['greet', 'Greetings', 2, 2],
      ['other', 'other', 1, 1],
    ]);
  });

  test('lists without text', () => {
    const { prompts } = store();
    const { prompt } = prompts.save(says('only for those who open it', { parameters: { model: 'sim/echo' } }));
    expect(prompts.list()).toEqual([prompt]);
    expect(prompt).toEqual({
      id: 'greet',
      title: 'greet',
      createdAtMs: FIRST,
      newest: { version: 1, createdAtMs: expect.any(Number), variables: [] },
      versions: 1,
    });
  });

  test('the same content makes no new version, whatever the order of its fields; the title is set', () => {
    const { prompts } = store();
    prompts.save(says('hi', { parameters: { topP: 0.5, temperature: 1 }, label: 'a' }));
    const again = prompts.save({
      parameters: { temperature: 1, topP: 0.5 },
      messages: [{ content: 'hi', role: 'user' }],
      id: 'greet',
      title: 'Hello',
    });
    expect(again).toMatchObject({ added: false, version: { version: 1, label: 'a' }, prompt: { title: 'Hello' } });
    expect(prompts.save(says('hi', { parameters: { topP: 0.5, temperature: 1 }, label: 'b' })).added).toBe(true);
    // Only the newest counts: going back is a step of its own.
    prompts.save(says('there'));
    expect(prompts.save(says('hi')).version.version).toBe(4);
    expect(prompts.get('greet')?.title).toBe('Hello');
  });

  test('a label is that of one version of its prompt for good, and nothing is half saved', () => {
    const { prompts } = store();
    prompts.save(says('one', { label: 'final' }));
    prompts.save(says('elsewhere', { id: 'other', label: 'final' }));
    const before = prompts.get('greet');
    expect(() => prompts.save(says('two', { label: 'final', title: 'Changed' }))).toThrow(LabelTaken);
    expect(prompts.get('greet')).toEqual(before);
  });
});

test('a version is found by number and by label; without either it is the newest', () => {
  const { prompts } = store();
  prompts.save(says('one', { label: 'final' }));
  prompts.save(says('two'));
  const text = (which?: number | string) => prompts.version('greet', which)?.messages[0]?.content;
  expect([text(), text(1), text(2), text('final'), text(3), text('draft'), prompts.version('none')]).toEqual([
    'two',
    'one',
    'two',
    'one',
    undefined,
    undefined,
    undefined,
  ]);
});

describe('the database itself', () => {
  test.each([
    ['changing a text', `UPDATE prompt_versions SET content = '{}'`],
    ['changing a label', `UPDATE prompt_versions SET label = 'x'`],
    ['moving a version', `UPDATE prompt_versions SET version = 9`],
    ['replacing a version', `INSERT OR REPLACE INTO prompt_versions VALUES ('greet', 1, NULL, 0, '{}')`],
    ['deleting a version', 'DELETE FROM prompt_versions WHERE version = 1'],
    ['renaming a prompt', `UPDATE prompts SET id = 'other'`],
    ['a version of no prompt', `INSERT INTO prompt_versions VALUES ('none', 1, NULL, 0, '{}')`],
  ])('refuses %s', (_what, sql) => {
    const { storage, prompts } = store();
    prompts.save(says('one'));
    prompts.save(says('two'));
    const before = prompts.get('greet');
    expect(() => storage.db.exec(sql)).toThrow(/never changed|only with the prompt|FOREIGN KEY/);
    expect(prompts.get('greet')).toEqual(before);
  });
});

describe('removing', () => {
  test('takes every version, and the text is on the disk no more', () => {
    const { storage, prompts } = store();
    // Long enough for pages of its own, and short enough to share one.
    prompts.save(says(`gh-canary-${'long '.repeat(4_000)}`));
    prompts.save(says('gh-canary-short', { title: 'gh-canary-title' }));
    prompts.save(says('stays', { id: 'other' }));
    storage.db.pragma('wal_checkpoint(PASSIVE)');
    expect(onDisk(storage.path, 'gh-canary')).not.toEqual([]);
    expect(prompts.remove('greet')).toBe(true);
    expect(onDisk(storage.path, 'gh-canary')).toEqual([]);
    expect(prompts.get('greet')).toBeUndefined();
    expect(prompts.list().map(({ id }) => id)).toEqual(['other']);
    expect(prompts.remove('greet')).toBe(false);
  });

  // Seeds that find something where tables are not made anew.
  test.each([55, 60])('leaves nothing in the gaps of pages, whatever was saved and removed before (%i)', (seed) => {
    const random = seededRandom(seed);
    const below = (count: number) => Math.floor(random() * count);
    const { storage, prompts } = store();
    const sizes = [1, 12, 50, 110, 240, 380, 620, 2_500];
    const kept = new Map<string, unknown>();
    for (let step = 0; step < 120; step += 1) {
      const number = below(25);
      const secret = number % 2 === 0;
      const id = `p${number}`;
      if (below(6) === 0) {
        prompts.remove(id);
        kept.delete(id);
        continue;
      }
      const word = secret ? 'gh-canary' : 'kept';
      const content = `${step}${word}`.repeat(1 + below(sizes[below(sizes.length)] ?? 1));
      prompts.save(says(content, { id, title: `${word} ${step}` }));
      if (!secret) kept.set(id, prompts.get(id));
      if (below(10) === 0) storage.db.pragma('wal_checkpoint(PASSIVE)');
    }
    for (let number = 0; number < 25; number += 2) prompts.remove(`p${number}`);
    expect(onDisk(storage.path, 'gh-canary')).toEqual([]);
    expect(new Map(prompts.list().map(({ id }) => [id, prompts.get(id)]))).toEqual(kept);
  });

  test('leaves no title that it had before', () => {
    const { storage, prompts } = store();
    const ids = Array.from({ length: 120 }, (_, index) => `p${index}`);
    for (const id of ids) prompts.save(says('x', { id, title: `gh-canary ${'long '.repeat(20)}` }));
    storage.db.pragma('wal_checkpoint(PASSIVE)');
    // Shorter ones need fewer pages.
    for (const id of ids) prompts.save(says('x', { id, title: 'y' }));
    expect(prompts.remove('p7')).toBe(true);
    expect(onDisk(storage.path, 'gh-canary')).toEqual([]);
  });

  test('leaves the other prompts as well guarded as before', () => {
    const { storage, prompts } = store();
    const schema = () => storage.db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name').all();
    const before = schema();
    prompts.save(says('one'));
    prompts.save(says('stays', { id: 'other', label: 'final' }));
    prompts.remove('greet');
    expect(schema()).toEqual(before);
    expect(() => storage.db.exec(`UPDATE prompt_versions SET content = '{}'`)).toThrow(/never changed/);
    expect(() => prompts.save(says('new', { id: 'other', label: 'final' }))).toThrow(LabelTaken);
  });

  test('does not wait for somebody who reads; the log is gone when Gatehouse ends', () => {
    const { storage, prompts } = store();
    prompts.save(says('gh-canary'));
    const reader = new Database(storage.path, { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM prompts').get();
    expect(prompts.remove('greet')).toBe(true);
    expect(storage.db.pragma('busy_timeout', { simple: true })).toBe(2_000);
    expect(storage.db.pragma('secure_delete', { simple: true })).toBe(0);
    reader.close();
    storage.close();
    expect(onDisk(storage.path, 'gh-canary')).toEqual([]);
  });

  test('the id is free again', () => {
    const { prompts } = store();
    prompts.save(says('one', { label: 'final' }));
    prompts.remove('greet');
    expect(prompts.save(says('new', { label: 'final' })).version).toMatchObject({ version: 1, label: 'final' });
  });
});

/** Files of the data directory that hold these bytes. */
function onDisk(path: string, text: string): string[] {
  const directory = dirname(path);
  return readdirSync(directory).filter((name) => readFileSync(join(directory, name)).includes(text));
}
