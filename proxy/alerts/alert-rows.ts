/** The bounded history of alerts on SQLite. */
import { z } from 'zod';
import { type AlertKind, type AlertView, alertView } from '../contract/alerts.ts';
import type { Db } from '../storage/types.ts';
import { AlertCursorError } from './types.ts';

export const ALERTS_KEPT_MAX = 1_000;

interface AlertRow {
  seq: number;
  id: string;
  atMs: number;
  event: string;
  severity: string;
  title: string;
  message: string;
  facts: string;
  provider: string | null;
  budget: string | null;
  key: string | null;
}

const COLUMNS =
  'seq, id, at_ms AS atMs, event, severity, title, message, facts, provider, budget, access_key_id AS key';

export interface AlertRows {
  /** Returns its place in the order of time; the oldest beyond the bound go. */
  insert(alert: AlertView, subject: string): number;
  lastAtMs(event: AlertKind, subject: string): number | undefined;
  bySeq(seq: number): AlertView | undefined;
  seqOf(id: string): number | undefined;
  /** Throws AlertCursorError. */
  page(query: { limit: number; cursor?: string }): { items: AlertView[]; nextCursor?: string };
}

export function createAlertRows(db: Db, keptMax: number = ALERTS_KEPT_MAX): AlertRows {
  const insert = db.prepare<[Omit<AlertRow, 'seq'> & { subject: string }]>(
    `INSERT INTO alerts (id, at_ms, event, subject, severity, title, message, facts, provider, budget, access_key_id)
     VALUES (:id, :atMs, :event, :subject, :severity, :title, :message, :facts, :provider, :budget, :key)`,
  );
  const dropOld = db.prepare<[number]>('DELETE FROM alerts WHERE seq <= ?');
  const lastAt = db
    .prepare<[string, string], number>(
      'SELECT at_ms FROM alerts WHERE event = ? AND subject = ? ORDER BY seq DESC LIMIT 1',
    )
    .pluck();
  const bySeq = db.prepare<[number], AlertRow>(`SELECT ${COLUMNS} FROM alerts WHERE seq = ?`);
  const seqOf = db.prepare<[string], number>('SELECT seq FROM alerts WHERE id = ?').pluck();
  const page = db.prepare<[number, number], AlertRow>(
    `SELECT ${COLUMNS} FROM alerts WHERE seq < ? ORDER BY seq DESC LIMIT ?`,
  );
  return {
    insert: db.transaction((alert: AlertView, subject: string) => {
      const { lastInsertRowid } = insert.run({
        ...alert,
        facts: JSON.stringify(alert.facts),
        provider: alert.provider ?? null,
        budget: alert.budget ?? null,
        key: alert.key ?? null,
        subject,
      });
      const seq = Number(lastInsertRowid);
      dropOld.run(seq - keptMax);
      return seq;
    }),
    lastAtMs: (event, subject) => lastAt.get(event, subject),
    bySeq(seq) {
      const row = bySeq.get(seq);
      return row === undefined ? undefined : viewOf(row);
    },
    seqOf: (id) => seqOf.get(id),
    page({ limit, cursor }) {
      // One more than asked tells whether there is a next page.
      const rows = page.all(cursor === undefined ? Number.MAX_SAFE_INTEGER : placeOf(cursor), limit + 1);
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const more = rows.length > limit && last !== undefined;
      return { items: items.map(viewOf), ...(more ? { nextCursor: String(last.seq) } : {}) };
    },
  };
}

function placeOf(cursor: string): number {
  const seq = z.coerce.number().int().positive().safeParse(cursor);
  if (!seq.success) throw new AlertCursorError('This page does not exist: the cursor is not one of ours.');
  return seq.data;
}

function viewOf(row: AlertRow): AlertView {
  const { seq: _seq, provider, budget, key, facts, ...rest } = row;
  return alertView.parse({
    ...rest,
    facts: JSON.parse(facts),
    ...(provider === null ? {} : { provider }),
    ...(budget === null ? {} : { budget }),
    ...(key === null ? {} : { key }),
  });
}
