import { describe, expect, it } from 'vitest';
import type { SplitConfig } from '../../../proxy/contract/config.ts';
import { armsFor } from '../../../proxy/routing/splits.ts';
import { stableRandom } from '../../../proxy/routing/stable-random.ts';
import type { Caller } from '../../../proxy/routing/types.ts';

const SPLIT: SplitConfig = {
  name: 'ab',
  model: 'chat',
  targets: [
    { use: 'a/m', weight: 70 },
    { use: 'b/m', weight: 10 },
    { use: 'c/m', weight: 20 },
  ],
};
const arms = (split: SplitConfig, caller: Caller, fresh = 0) =>
  armsFor(split, caller, { random: stableRandom, freshRandom: () => fresh }).map(({ use }) => use);

describe('a split', () => {
  const rows: [at: number, arms: string[]][] = [
    [0, ['a/m', 'c/m', 'b/m']],
    [0.6999, ['a/m', 'c/m', 'b/m']],
    [0.7, ['b/m', 'a/m', 'c/m']],
    [0.7999, ['b/m', 'a/m', 'c/m']],
    [0.8, ['c/m', 'a/m', 'b/m']],
    [0.999999, ['c/m', 'a/m', 'b/m']],
  ];
  it.each(rows)('at %d draws %j', (at, expected) => expect(arms(SPLIT, {}, at)).toEqual(expected));

  it('gives everybody their share', () => {
    const count = new Map<string, number>();
    for (let session = 0; session < 5_000; session += 1) {
      const [first = ''] = arms(SPLIT, { session: `s${session}` });
      count.set(first, (count.get(first) ?? 0) + 1);
    }
    expect((count.get('a/m') ?? 0) / 5_000).toBeCloseTo(0.7, 1);
    expect((count.get('b/m') ?? 0) / 5_000).toBeCloseTo(0.1, 1);
  });

  const sticks: [what: string, split: SplitConfig, caller: Caller, sticky: boolean][] = [
    ['to the session', SPLIT, { session: 's' }, true],
    ['to the client without a session', SPLIT, { client: 'c' }, true],
    ['to the key without a client', SPLIT, { accessKeyId: 'k' }, true],
    ['to nobody it does not know', SPLIT, {}, false],
    ['to the client, as told', { ...SPLIT, stickyBy: 'client' }, { client: 'c', session: 'any' }, true],
    ['to the session, as told', { ...SPLIT, stickyBy: 'session' }, { session: 's' }, true],
    ['to nobody, as told', { ...SPLIT, stickyBy: 'none' }, { session: 's', client: 'c' }, false],
  ];
  it.each(sticks)('sticks %s', (_what, split, caller, sticky) => {
    const drawn = new Set([0, 0.75, 0.9].map((fresh) => arms(split, caller, fresh)[0]));
    expect(drawn.size).toBe(sticky ? 1 : 3);
  });

  it('of clients does not look at the session', () => {
    const split: SplitConfig = { ...SPLIT, stickyBy: 'client' };
    const drawn = new Set(Array.from({ length: 50 }, (_, at) => arms(split, { client: 'c', session: `${at}` })[0]));
    expect(drawn.size).toBe(1);
  });

  it('draws for every split anew', () => {
    const drawn = Array.from({ length: 50 }, (_, at) => arms({ ...SPLIT, name: `split ${at}` }, { session: 's' })[0]);
    expect(new Set(drawn).size).toBe(3);
  });
});

describe('a stable random number', () => {
  it('is the same for the same seed on every machine', () => {
    expect(stableRandom('seed')).toBe(0x19b25856e1c1 / 2 ** 48);
    expect(stableRandom('a')).not.toBe(stableRandom('b'));
  });
});
