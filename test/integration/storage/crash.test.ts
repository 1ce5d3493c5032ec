import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MIGRATIONS } from '../../../proxy/storage/migrations/index.ts';
import { openForTest, temporaryDirectory } from './fixtures.ts';

const next = { version: MIGRATIONS.length + 1, name: 'next', sql: 'CREATE TABLE next_release (x INTEGER) STRICT;' };

/** Kills a child in the middle of whatever it does after its `rounds`-th directory; returns that one. */
async function killedIn(parent: string, rounds: number, loops: number): Promise<string> {
  const child = fork(join(import.meta.dirname, 'create-and-die.ts'), [parent], { execArgv: [] });
  const exit = once(child, 'exit');
  for (let seen = 0; seen < rounds; seen += 1) await once(child, 'message');
  // Turns of this loop rather than time: it spreads the kill over the child's steps.
  for (let turn = 0; turn < loops; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  child.kill('SIGKILL');
  await exit;
  return readFileSync(join(parent, 'started'), 'utf8').trim().split('\n').at(-1) ?? '';
}

test.each(Array.from({ length: 12 }, (_, round) => round))(
  'killed while creating or migrating (%#): the next start finds a whole database and every committed row',
  async (round) => {
    const parent = temporaryDirectory();
    const dataDir = await killedIn(parent, 1 + (round % 3), round * 40);
    const wasWritten = readFileSync(join(parent, 'written'), 'utf8').split('\n').includes(dataDir);
    const storage = openForTest({ dataDir, migrations: [...MIGRATIONS, next] });
    expect(storage.opening.setAside).toEqual([]);
    expect(storage.db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(storage.db.prepare('SELECT count(*) FROM next_release').pluck().get()).toBe(0);
    const keys = storage.db.prepare('SELECT key FROM state').pluck().all();
    if (wasWritten) expect(keys).toEqual(['kept']);
  },
);
