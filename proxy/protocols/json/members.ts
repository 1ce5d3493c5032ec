/** Edits of an object's members by their places: the names stand before the values, and commas between them. */

import type { Splice } from './lower-numbers.ts';
import type { JsonMember } from './scan.ts';

/** Where the name of a member begins. Undefined for one that is written with escapes, which no client does. */
export function nameStart(body: Buffer, { key, value }: JsonMember): number | undefined {
  let at = value.start - 1;
  while (isSpace(body[at])) at -= 1;
  if (body[at] !== COLON) return undefined;
  at -= 1;
  while (isSpace(body[at])) at -= 1;
  const name = Buffer.from(JSON.stringify(key));
  const start = at + 1 - name.length;
  return start >= 0 && body.subarray(start, at + 1).equals(name) ? start : undefined;
}

/** Undefined when the name cannot be found in the bytes. */
export function renameMember(body: Buffer, member: JsonMember, name: string): Splice | undefined {
  const start = nameStart(body, member);
  if (start === undefined) return undefined;
  return { start, end: start + Buffer.byteLength(JSON.stringify(member.key)), text: JSON.stringify(name) };
}

/**
 * The named members of an object with all its commas set right. `members` are all of them, in order; the removals of
 * neighbours are one, so that no two overlap.
 */
export function removeMembers(
  body: Buffer,
  members: readonly JsonMember[],
  removed: (member: JsonMember) => boolean,
): readonly Splice[] {
  const splices: Splice[] = [];
  for (let first = 0; first < members.length; first += 1) {
    if (!isRemoved(members[first])) continue;
    let last = first;
    while (isRemoved(members[last + 1])) last += 1;
    const range = runRange(body, members, first, last);
    if (range !== undefined) splices.push({ ...range, text: '' });
    first = last;
  }
  return splices;

  function isRemoved(member: JsonMember | undefined): boolean {
    return member !== undefined && removed(member) && nameStart(body, member) !== undefined;
  }
}

/** With the comma behind the run, or the one before it where the run is the last. */
function runRange(body: Buffer, members: readonly JsonMember[], first: number, last: number) {
  const [from, to, before] = [members[first], members[last], members[first - 1]];
  const start = from === undefined ? undefined : nameStart(body, from);
  if (start === undefined || to === undefined) return undefined;
  if (members[last + 1] === undefined) return { start: before?.value.end ?? start, end: to.value.end };
  let end = to.value.end;
  while (isSpace(body[end])) end += 1;
  end += 1;
  while (isSpace(body[end])) end += 1;
  return { start, end };
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

const COLON = 0x3a;
