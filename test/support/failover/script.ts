/** Which of three providers fails when, and how: drawn from a seed, the same for the same seed. */
import { seededRandom } from '../seeded-random.ts';

export const IDS = ['a', 'b', 'c'] as const;
export type Id = (typeof IDS)[number];

export const BAD_MOODS = ['down', 'errors', 'stalls', 'cuts', 'broken late', 'rate limited'] as const;
export type Mood = 'well' | 'slow' | (typeof BAD_MOODS)[number];
export type Phase = Readonly<Record<Id, Mood>>;

/** Fails in this mood: not all of its calls, but some. */
export const isBad = (mood: Mood): boolean => mood !== 'well' && mood !== 'slow';

export const PHASES = 18;
/** Long enough for any breaker to rest, be probed and close. */
const REST_PHASES = 5;
const SECOND_ANCHOR_FROM = 9;

/**
 * One provider is always well and has been for so long that no breaker stands before it; the other two do as they like. Half
 * way through another one takes its place. At the end all are well.
 */
export function chaosScript(seed: number): readonly Phase[] {
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]): T => {
    const found = from[Math.floor(random() * from.length)];
    if (found === undefined) throw new RangeError('nothing to pick from');
    return found;
  };
  const first = pick(IDS);
  const second = pick(IDS.filter((id) => id !== first));
  // From a deck, so that no seed leaves out a way of failing.
  let deck: Mood[] = [];
  const draw = (): Mood => {
    if (deck.length === 0) deck = [...BAD_MOODS];
    const mood = pick(deck);
    deck = deck.filter((each) => each !== mood);
    return mood;
  };
  const mayFail = (id: Id, phase: number): boolean => {
    if (phase >= PHASES - REST_PHASES) return false;
    if (id === first) return phase >= SECOND_ANCHOR_FROM;
    return id !== second || phase < SECOND_ANCHOR_FROM - REST_PHASES;
  };
  return Array.from({ length: PHASES }, (_, phase): Phase => {
    // A stall lasts as long as it lasts, however many calls go by: whoever has to be well soon does not stall.
    const fails = (id: Id): Mood => {
      const mood = draw();
      return mood === 'stalls' && id === second ? 'down' : mood;
    };
    const mood = (id: Id): Mood => (mayFail(id, phase) && random() < 0.7 ? fails(id) : pick(['well', 'well', 'slow']));
    return { a: mood('a'), b: mood('b'), c: mood('c') };
  });
}
