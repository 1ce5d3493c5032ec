/** Where a page ended: the instant and id of its last row. Rows that arrive later never move it. */
import { z } from 'zod';

const cursorFields = z.tuple([z.int(), z.string().min(1)]);

export interface PageEnd {
  readonly startedAtMs: number;
  readonly id: string;
}

/** The caller passed something that no earlier page gave out. */
export class CursorError extends Error {
  override readonly name = 'CursorError';
}

export function encodeCursor({ startedAtMs, id }: PageEnd): string {
  return Buffer.from(JSON.stringify([startedAtMs, id])).toString('base64url');
}

/** Throws CursorError. */
export function decodeCursor(cursor: string): PageEnd {
  const parsed = cursorFields.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success) {
    throw new CursorError('This page does not exist: the cursor is not one that an earlier page returned.');
  }
  return { startedAtMs: parsed.data[0], id: parsed.data[1] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
