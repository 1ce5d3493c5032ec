/** Small facts that outlive a run, such as the pause switch: a key and a JSON value. */
import type { Clock } from '../core/clock.ts';
import type { Db } from './database.ts';

export interface StateStore {
  /** What was set, to be validated by the caller; undefined when nothing was. */
  get(key: string): unknown;
  /** `value` is anything JSON can say. */
  set(key: string, value: unknown): void;
  delete(key: string): void;
}

export function createStateStore({ db, clock }: { db: Db; clock: Clock }): StateStore {
  const select = db.prepare<[string], string>('SELECT value FROM state WHERE key = ?').pluck();
  const upsert = db.prepare<[string, string, number]>(
    `INSERT INTO state (key, value, updated_at_ms) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at_ms = excluded.updated_at_ms`,
  );
  const deleteOne = db.prepare<[string]>('DELETE FROM state WHERE key = ?');
  return {
    get(key) {
      const json = select.get(key);
      return json === undefined ? undefined : JSON.parse(json);
    },
    set(key, value) {
      const json = JSON.stringify(value);
      if (json === undefined) throw new TypeError(`the state "${key}" must be something JSON can say`);
      upsert.run(key, json, clock.nowMs());
    },
    delete(key) {
      deleteOne.run(key);
    },
  };
}
