/** Every config the gateway ran on: immutable, numbered from 1, never changed (triggers see to it). */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { configVersionView } from '../contract/views.ts';
import type { Clock } from '../core/clock.ts';
import type { Db } from './database.ts';
import { StorageError } from './errors.ts';

type ConfigVersionView = z.infer<typeof configVersionView>;

export interface StoredConfigVersion extends ConfigVersionView {
  /** The config as JSON text. Secrets are references in it, never values. */
  readonly json: string;
  readonly sha256: string;
}

export interface ConfigVersions {
  /** The new version; or the current one when it already holds exactly this config (a restart is no new version). */
  append(input: { source: ConfigVersionView['source']; note?: string; config: unknown }): StoredConfigVersion;
  /** The newest; undefined before the first. Throws StorageError `corrupt` when its text does not match its checksum. */
  current(): StoredConfigVersion | undefined;
  get(number: number): StoredConfigVersion | undefined;
  /** Newest first, without the text. */
  list(): ConfigVersionView[];
}

interface Row {
  number: number;
  appliedAtMs: number;
  source: ConfigVersionView['source'];
  note: string | null;
  json: string;
  sha256: string;
}

const HEAD = 'number, applied_at_ms AS appliedAtMs, source, note';

export function createConfigVersions({ db, clock }: { db: Db; clock: Clock }): ConfigVersions {
  const insert = db.prepare<[Row]>(
    `INSERT INTO config_versions (number, applied_at_ms, source, note, json, sha256)
     VALUES (:number, :appliedAtMs, :source, :note, :json, :sha256)`,
  );
  const selectNewest = db.prepare<[], Row>(
    `SELECT ${HEAD}, json, sha256 FROM config_versions ORDER BY number DESC LIMIT 1`,
  );
  const selectOne = db.prepare<[number], Row>(`SELECT ${HEAD}, json, sha256 FROM config_versions WHERE number = ?`);
  const selectAll = db.prepare<[], Row>(`SELECT ${HEAD} FROM config_versions ORDER BY number DESC`);

  const append = db.transaction((input: Parameters<ConfigVersions['append']>[0]): StoredConfigVersion => {
    const json = JSON.stringify(input.config);
    const sha256 = sha256Of(json);
    const newest = selectNewest.get();
    if (newest?.sha256 === sha256) return checked(newest, db.name);
    const row: Row = {
      number: (newest?.number ?? 0) + 1,
      appliedAtMs: clock.nowMs(),
      source: input.source,
      note: input.note ?? null,
      json,
      sha256,
    };
    insert.run(row);
    return checked(row, db.name);
  });

  const stored = (row: Row | undefined) => (row === undefined ? undefined : checked(row, db.name));
  return {
    append: (input) => append.immediate(input),
    current: () => stored(selectNewest.get()),
    get: (number) => stored(selectOne.get(number)),
    list: () => selectAll.all().map(viewOf),
  };
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function viewOf({ number, appliedAtMs, source, note }: Row): ConfigVersionView {
  return { number, appliedAtMs, source, ...(note === null ? {} : { note }) };
}

function checked(row: Row, path: string): StoredConfigVersion {
  if (sha256Of(row.json) !== row.sha256) {
    throw new StorageError(
      'corrupt',
      `Config version ${row.number} in ${path} is not what was written. Start with --config and a file of your own, or restore a backup of the database.`,
    );
  }
  return { ...viewOf(row), json: row.json, sha256: row.sha256 };
}
