import { expect, it } from 'vitest';
import { createTurns } from '../../../proxy/gateway/turns.ts';
import { ManualTime } from '../../support/manual-time.ts';

const MINUTE_MS = 60_000;

it('a new hour is told once, whenever somebody looks, in every time zone', () => {
  // A quarter to six in the morning in India, half a minute before.
  const time = new ManualTime(Date.UTC(2026, 10, 20, 0, 14, 30));
  const turns = createTurns(time.clock);
  let told = 0;
  const stop = turns.onTurn(() => {
    told += 1;
  });
  turns.look();
  expect(told).toBe(0);
  time.advance(MINUTE_MS / 2);
  turns.look();
  turns.look();
  expect(told).toBe(1);
  time.advance(24 * 60 * MINUTE_MS);
  turns.look();
  expect(told).toBe(2);
  stop();
  time.advance(60 * MINUTE_MS);
  turns.look();
  expect(told).toBe(2);
});
