/**
 * Modes: what a person wants most. A score is the weighted sum of four parts, each from 0 to 1; the weights of a mode add
 * up to 1:
 *
 * | mode    | price | quality | latency | health |
 * |---------|------:|--------:|--------:|-------:|
 * | cheap   |  0.70 |    0.10 |    0.05 |   0.15 |
 * | quality |  0.10 |    0.70 |    0.05 |   0.15 |
 * | latency |  0.10 |    0.10 |    0.60 |   0.20 |
 * | privacy |  0.35 |    0.30 |    0.15 |   0.20 |
 * | code    |  0.15 |    0.65 |    0.05 |   0.15 |
 *
 * `privacy` first leaves out every target that is not private (see privacy.ts). In `code`, quality is the model's code
 * score. An equivalent stands in for another model, so whatever the mode it should above all be like that one:
 *
 * | equivalents | price 0.20 | quality (how alike) 0.45 | latency 0.10 | health 0.25 |
 */
import type { Mode } from '../contract/config.ts';

export interface Weights {
  readonly price: number;
  readonly quality: number;
  readonly latency: number;
  readonly health: number;
}

export const MODE_WEIGHTS: Readonly<Record<Mode, Weights>> = {
  cheap: { price: 0.7, quality: 0.1, latency: 0.05, health: 0.15 },
  quality: { price: 0.1, quality: 0.7, latency: 0.05, health: 0.15 },
  latency: { price: 0.1, quality: 0.1, latency: 0.6, health: 0.2 },
  privacy: { price: 0.35, quality: 0.3, latency: 0.15, health: 0.2 },
  code: { price: 0.15, quality: 0.65, latency: 0.05, health: 0.15 },
};

export const EQUIVALENT_WEIGHTS: Weights = { price: 0.2, quality: 0.45, latency: 0.1, health: 0.25 };

/** Everybody who may say the mode, in the order in which they are heard. */
export interface ModeWishes {
  readonly name: Mode | undefined;
  readonly header: Mode | undefined;
  readonly rule: Mode | undefined;
  readonly key: Mode | undefined;
  readonly virtualModel: Mode | undefined;
  readonly config: Mode | undefined;
}

export interface ModeChoice {
  readonly mode: Mode;
  /** False: nobody asked for it on behalf of this call; it is the config's default, or ours. */
  readonly wished: boolean;
  /** A sentence for the trace. */
  readonly reason: string;
}

const SAYS: readonly (readonly [who: keyof ModeWishes, says: string])[] = [
  ['name', 'as the name of the model says'],
  ['header', 'as the request says'],
  ['rule', 'as the rule says'],
  ['key', 'as the access key says'],
  ['virtualModel', 'as the virtual model says'],
];

export function chooseMode(wishes: ModeWishes): ModeChoice {
  for (const [who, says] of SAYS) {
    const mode = wishes[who];
    if (mode !== undefined) return { mode, wished: true, reason: `The mode is ${mode}, ${says}.` };
  }
  const { config: mode } = wishes;
  if (mode !== undefined) return { mode, wished: false, reason: `The mode is ${mode}, the default of the config.` };
  return { mode: 'cheap', wished: false, reason: 'The mode is cheap, since nobody asked for another.' };
}
