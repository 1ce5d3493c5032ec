/** Which arm of a split a call belongs to. */
import type { SplitConfig } from '../contract/config.ts';
import type { Caller } from './types.ts';

type Arm = SplitConfig['targets'][number];

export interface Randomness {
  readonly random: (seed: string) => number;
  readonly freshRandom: () => number;
}

/**
 * The arms in the order they are tried: the drawn one, then the others, the heaviest first. Whoever the split sticks to
 * draws the same arm every time, as long as the arms and their weights stay as they are.
 */
export function armsFor(split: SplitConfig, caller: Caller, { random, freshRandom }: Randomness): readonly Arm[] {
  const holder = holderOf(split, caller);
  const drawn = draw(split.targets, holder === undefined ? freshRandom() : random(`${split.name}\n${holder}`));
  const others = split.targets.filter((arm) => arm !== drawn).sort((one, two) => two.weight - one.weight);
  return [drawn, ...others];
}

/** Undefined: nobody to stick to, every call draws anew. */
function holderOf({ stickyBy }: SplitConfig, { session, client, accessKeyId }: Caller): string | undefined {
  if (stickyBy === 'none') return undefined;
  if (stickyBy !== 'client' && session !== undefined) return `session ${session}`;
  if (client !== undefined) return `client ${client}`;
  return accessKeyId === undefined ? undefined : `key ${accessKeyId}`;
}

/** `at` is in [0, 1). The last arm takes what rounding leaves over. */
function draw(arms: SplitConfig['targets'], at: number): Arm {
  const total = arms.reduce((sum, { weight }) => sum + weight, 0);
  let left = at * total;
  for (const arm of arms) {
    left -= arm.weight;
    if (left < 0) return arm;
  }
  const last = arms.at(-1);
  if (last === undefined) throw new RangeError('a split needs at least one arm');
  return last;
}
