import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeOpening } from '../../../proxy/storage/describe-opening.ts';

const ordinary = { created: false, setAside: [], migrated: [] };
const setAside = [{ atMs: 1_795_176_000_000, file: 'gatehouse.sqlite.corrupt-1', problem: 'the file is empty' }];
const notesOf = (opening: Parameters<typeof describeOpening>[0]['opening']) =>
  describeOpening({ path: '/data/gatehouse.sqlite', opening });

test('an ordinary start, also long after a database was set aside, has nothing to say', () => {
  expect(notesOf(ordinary)).toEqual([]);
  expect(notesOf({ ...ordinary, setAside })).toEqual([]);
});

test('a first start says where the database is', () => {
  expect(notesOf({ ...ordinary, created: true })).toEqual([
    { level: 'info', message: 'Created the database /data/gatehouse.sqlite.' },
  ]);
});

test('a ledger that begins anew after a damaged one warns, with what, when and where', () => {
  const [note, ...rest] = notesOf({ ...ordinary, created: true, setAside });
  expect(rest).toEqual([]);
  expect(note?.level).toBe('warn');
  expect(note?.message).toContain('new, empty ledger');
  expect(note?.message).toContain('the file is empty');
  expect(note?.message).toContain('2026-11-20T12:00:00.000Z');
  expect(note?.message).toContain(join('/data', 'gatehouse.sqlite.corrupt-1'));
});

test('a migration says where it went and where the copy is', () => {
  expect(notesOf({ ...ordinary, migrated: [2, 3], backupPath: '/data/backups/x.sqlite' })).toEqual([
    {
      level: 'info',
      message: 'Brought the database to schema version 3. A copy from before is /data/backups/x.sqlite.',
    },
  ]);
});
