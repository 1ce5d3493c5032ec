import { expect, test } from 'vitest';
import { type HedgeInput, hedgeAfterMs } from '../../../proxy/routing/hedge.ts';

const READY: HedgeInput = {
  enabled: true,
  mode: 'latency',
  stream: true,
  latency: { samples: 20, firstTokenMsP95: 812.3 },
  othersLeft: 1,
  attemptsLeft: 1,
};

test.each<[what: string, change: Partial<HedgeInput>, expected: number | undefined]>([
  ['after what is nearly always enough', {}, 813],
  ['not at once, however fast it is', { latency: { samples: 20, firstTokenMsP95: 30 } }, 200],
  ['not unless it is asked for', { enabled: false }, undefined],
  ['only in latency mode', { mode: 'cheap' }, undefined],
  ['not without a mode', { mode: undefined }, undefined],
  ['not for an answer that comes whole', { stream: false }, undefined],
  ['not on a guess', { latency: { samples: 19.9, firstTokenMsP95: 800 } }, undefined],
  ['not without a measurement', { latency: undefined }, undefined],
  ['not without a first token ever seen', { latency: { samples: 30 } }, undefined],
  ['not with nobody to ask', { othersLeft: 0 }, undefined],
  ['not beyond the attempts allowed', { attemptsLeft: 0 }, undefined],
])('a hedge: %s', (_what, change, expected) => {
  expect(hedgeAfterMs({ ...READY, ...change })).toBe(expected);
});
