import { expect, test } from 'vitest';
import { createProviderWatch } from '../../../proxy/alerts/provider-watch.ts';
import type { AlertInput } from '../../../proxy/alerts/types.ts';
import { ManualTime } from '../../support/manual-time.ts';

function watch() {
  const time = new ManualTime();
  const said: string[] = [];
  const raise = ({ event, provider }: AlertInput) => {
    said.push(`${event} ${provider}`);
    return undefined;
  };
  return { time, said, watch: createProviderWatch({ clock: time.clock, timer: time.timer, raise }) };
}

test('down is said at once, and once however often it is heard', () => {
  const { said, watch: providers } = watch();
  providers.changed('groq', 'up');
  providers.changed('groq', 'down', 'upstream_connect_failed');
  providers.changed('groq', 'down');
  expect(said).toEqual(['provider_down groq']);
});

test('recovered is said after a down that was said, never out of the blue', () => {
  const { time, said, watch: providers } = watch();
  providers.changed('groq', 'up');
  providers.changed('groq', 'down');
  time.advance(60_000);
  providers.changed('groq', 'up');
  expect(said).toEqual(['provider_down groq', 'provider_recovered groq']);
});

test('one that flaps is spoken of once a minute at most, and the last word is true', () => {
  const { time, said, watch: providers } = watch();
  for (let second = 0; second < 30; second++) {
    providers.changed('groq', second % 2 === 0 ? 'down' : 'up');
    time.advance(1_000);
  }
  expect(said).toEqual(['provider_down groq']);
  time.advance(30_000);
  expect(said).toEqual(['provider_down groq', 'provider_recovered groq']);
  expect(time.waits()).toEqual([]);
});

test('one that is as it was said to be when the minute is over is not spoken of', () => {
  const { time, said, watch: providers } = watch();
  providers.changed('groq', 'down');
  providers.changed('groq', 'up');
  providers.changed('groq', 'down');
  time.advance(600_000);
  expect(said).toEqual(['provider_down groq']);
});

test('each provider has its own minute; one that is removed, or the end, silences', () => {
  const { time, said, watch: providers } = watch();
  for (const id of ['a', 'b', 'c']) providers.changed(id, 'down');
  for (const id of ['a', 'b', 'c']) providers.changed(id, 'up');
  providers.forget('a');
  time.advance(60_000);
  expect(said).toEqual([
    'provider_down a',
    'provider_down b',
    'provider_down c',
    'provider_recovered b',
    'provider_recovered c',
  ]);
  providers.changed('b', 'down');
  time.advance(1_000);
  providers.changed('b', 'up');
  providers.close();
  expect(time.waits()).toEqual([]);
});
