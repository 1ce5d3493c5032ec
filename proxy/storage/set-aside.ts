/**
 * A damaged database is moved aside, never deleted and never replaced in silence. A note beside it (`set-aside.json`)
 * lets the log, `gatehouse doctor` and the window say afterwards that the ledger begins anew and where the old one is.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';

const NOTE_FILE = 'set-aside.json';
const PRIVATE_MODE = 0o600;

const setAsideNote = z.object({ atMs: z.int(), file: z.string(), problem: z.string() });

/** `file` is a name inside the data directory. */
export type SetAside = z.infer<typeof setAsideNote>;

/**
 * Moves the database and its companions to `<name>.corrupt-<instant>` and returns the new path. The note goes first and
 * the database before its write-ahead log: cut short anywhere, what is left still counts as damaged at the next start
 * (a log without its database), and never as an older, healthy ledger.
 */
export function setAside(databasePath: string, problem: string, nowMs: number): string {
  const keptPath = freePath(`${databasePath}.corrupt-${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}`);
  const notePath = join(dirname(databasePath), NOTE_FILE);
  const notes = [...readNotes(notePath), { atMs: nowMs, file: basename(keptPath), problem }];
  writeFileSync(notePath, `${JSON.stringify(notes, null, 2)}\n`, { mode: PRIVATE_MODE });
  for (const suffix of ['', '-wal', '-shm', '-journal']) {
    if (existsSync(databasePath + suffix)) renameSync(databasePath + suffix, keptPath + suffix);
  }
  return keptPath;
}

/** Every database that was set aside in this data directory, oldest first. */
export function listSetAside(dataDir: string): SetAside[] {
  return readNotes(join(dataDir, NOTE_FILE));
}

/** A note that cannot be read is no reason not to start: it says so as an entry of its own. */
function readNotes(notePath: string): SetAside[] {
  if (!existsSync(notePath)) return [];
  const parsed = z.array(setAsideNote).safeParse(parseJson(readFileSync(notePath, 'utf8')));
  if (parsed.success) return parsed.data;
  return [{ atMs: 0, file: NOTE_FILE, problem: 'the note about earlier databases cannot be read' }];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function freePath(wanted: string): string {
  let path = wanted;
  for (let copy = 2; existsSync(path); copy += 1) path = `${wanted}-${copy}`;
  return path;
}
