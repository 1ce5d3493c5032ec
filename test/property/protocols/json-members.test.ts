/** Members taken out and renamed in the bytes: what is left is the same document, and every other byte is as it was. */
import fc from 'fast-check';
import { expect, suite, test } from 'vitest';
import { removeMembers, renameMember } from '../../../proxy/protocols/json/members.ts';
import { scanJson } from '../../../proxy/protocols/json/scan.ts';
import { splice } from '../../../proxy/protocols/json/splice.ts';

const space = fc.constantFrom('', ' ', '\n  ', '\t', ' \r\n');
const value = fc.constantFrom(
  '1',
  '18446744073709551615',
  '"a,b:}"',
  '"\\"x\\":1"',
  'null',
  '{"a": [1,{ }]}',
  '[ ]',
  '1e400',
);
const key = fc.constantFrom<string[]>('a', 'b', 'c', 'é', 'x y', 'seed', 'q"q');
const member = fc.tuple(space, key, space, space, value, space);
const members = fc.uniqueArray(member, { selector: ([, name]) => name, maxLength: 7 });

type Written = readonly (readonly [string, string, string, string, string, string])[];

const text = (written: Written) =>
  `{${written.map(([a, name, b, c, content, d]) => `${a}${JSON.stringify(name)}${b}:${c}${content}${d}`).join(',')}}`;

/** The names and the bytes of the values, which a parser would round. */
const contents = (body: Buffer) =>
  scanJson(body, 'it').members.map(({ key: name, value: { start, end } }) => [name, body.toString('utf8', start, end)]);

suite('members of an object', () => {
  test('taken out', () => {
    fc.assert(
      fc.property(members, fc.array(key), (written, gone) => {
        const body = Buffer.from(text(written));
        const edits = removeMembers(body, scanJson(body, 'it').members, ({ key: name }) => gone.includes(name));
        const left = written.filter(([, name]) => !gone.includes(name)).map(([, name, , , content]) => [name, content]);
        expect(contents(splice(body, edits))).toEqual(left);
        if (left.length === written.length) expect(splice(body, edits)).toBe(body);
      }),
      { numRuns: 2_000 },
    );
  });

  test('renamed, beside others taken out and one put in', () => {
    fc.assert(
      fc.property(members, key, fc.array(key), fc.nat(), (written, from, gone, at) => {
        const body = Buffer.from(text(written));
        const found = scanJson(body, 'it').members;
        const removed = ({ key: name }: { readonly key: string }) => name !== from && gone.includes(name);
        const kept = found.filter((one) => !removed(one));
        const host = kept.length === 0 ? undefined : kept[at % kept.length];
        const inserted = host === undefined ? [] : [{ start: host.value.end, end: host.value.end, text: ',"put": 1' }];
        const renames = found
          .filter(({ key: name }) => name === from)
          .flatMap((one) => renameMember(body, one, 'new') ?? []);
        const edited = splice(body, [...removeMembers(body, found, removed), ...renames, ...inserted]);
        const expected = kept.flatMap((one) => {
          const name = one.key === from ? 'new' : one.key;
          const own = [name, body.toString('utf8', one.value.start, one.value.end)];
          return one === host ? [own, ['put', '1']] : [own];
        });
        expect(contents(edited)).toEqual(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a name written with escapes is left alone, and so is the document', () => {
    const body = Buffer.from('{"\\u0061":1,"b":2, "\\u0063":3}');
    const found = scanJson(body, 'it').members;
    expect(found.map(({ key: name }) => name)).toEqual(['a', 'b', 'c']);
    expect(found.map((one) => renameMember(body, one, 'z'))).toEqual([
      undefined,
      { start: 12, end: 15, text: '"z"' },
      undefined,
    ]);
    expect(
      splice(
        body,
        removeMembers(body, found, () => true),
      ).toString(),
    ).toBe('{"\\u0061":1,"\\u0063":3}');
  });
});
