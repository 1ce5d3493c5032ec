/** One editor a format. Each works on the ranges of the syntax tree: what is not ours stays as it is, byte for byte. */
import type { EntryPath, EntryValue } from '../types.ts';

/** Texts come without a byte order mark. All throw EditRefused. */
export interface Syntax {
  /** The document as data; an empty file is an empty object. */
  read(text: string): Readonly<Record<string, unknown>>;
  /** Replaces the value there, or puts it in with what is missing on the way. */
  set(text: string, path: EntryPath, value: EntryValue): string;
  /** Takes the value and its name out; nothing happens where there is none. */
  remove(text: string, path: EntryPath): string;
  /** Puts the value there as it is written in `from`, which has one. */
  copy(text: string, path: EntryPath, from: string): string;
}
