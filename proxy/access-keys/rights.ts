/** What a key may do, as it is kept, and until when. */
import { type AccessKeyConfig, type KeyRights, keyRights } from '../contract/config.ts';

/** For the database; null: it may do everything. */
export function storedRights(rights: KeyRights | undefined): string | null {
  return rights === undefined || Object.keys(rights).length === 0 ? null : JSON.stringify(rights);
}

/** Throws when the text is not what `storedRights` wrote. */
export function parseRights(id: string, text: string): KeyRights {
  const parsed = keyRights.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(`what the access key "${id}" may do cannot be read from the database; revoke it and make a new one`);
}

/** Milliseconds since 1970; undefined: never. */
export function expiryOf(rights: KeyRights | undefined): number | undefined {
  return rights?.expiresAt === undefined ? undefined : Date.parse(rights.expiresAt);
}

/** The rights of a key that a config brings; undefined: everything. */
export function rightsOfConfig({
  id: _id,
  value: _value,
  project: _project,
  ...rights
}: AccessKeyConfig): KeyRights | undefined {
  return Object.keys(rights).length === 0 ? undefined : rights;
}

/** The same rights, ending after `ttlMs` at the latest. */
export function endingWithin(rights: KeyRights | undefined, ttlMs: number, nowMs: number): KeyRights {
  const endsAtMs = Math.min(expiryOf(rights) ?? Number.POSITIVE_INFINITY, nowMs + ttlMs);
  return { ...rights, expiresAt: new Date(endsAtMs).toISOString() };
}
