import { describe, expect, test } from 'vitest';
import { createNativeLane, pendingNativeCalls } from '../../../proxy/credentials/native-lane.ts';
import { failureOf } from './support.ts';

const LIMIT_MS = 20;
const LONG_MS = 10_000;

describe('the lane to the keychain library', () => {
  test('one call at a time, in order', async () => {
    const lane = createNativeLane(() => undefined);
    const first = Promise.withResolvers<string>();
    const order: string[] = [];
    const started = Promise.withResolvers<void>();
    const one = lane.run(LONG_MS, () => {
      order.push('one');
      started.resolve();
      return first.promise;
    });
    const two = lane.run(LONG_MS, async () => {
      order.push('two');
      return 'second';
    });
    await started.promise;
    expect(order).toEqual(['one']);
    expect(pendingNativeCalls()).toBe(1);
    first.resolve('first');
    expect(await Promise.all([one, two])).toEqual(['first', 'second']);
    expect(pendingNativeCalls()).toBe(0);
  });

  test('a failure is handed on and does not stop the lane', async () => {
    const lane = createNativeLane(() => undefined);
    const failed = lane.run(LONG_MS, () => Promise.reject(new Error('no')));
    const thrown = lane.run(LONG_MS, () => {
      throw new Error('thrown');
    });
    await expect(failed).rejects.toThrow('no');
    await expect(thrown).rejects.toThrow('thrown');
    expect(await lane.run(LONG_MS, async () => 1)).toBe(1);
  });

  test('a call that does not answer is given up; nothing is started behind it; its late answer frees the lane', async () => {
    const told = Promise.withResolvers<void>();
    const lane = createNativeLane(told.resolve);
    const prompt = Promise.withResolvers<string>();
    let startedBehind = false;
    const stuck = lane.run(LIMIT_MS, () => prompt.promise);
    const behind = lane.run(LONG_MS, async () => {
      startedBehind = true;
    });
    expect((await failureOf(stuck)).reason).toBe('timed_out');
    expect((await failureOf(behind)).reason).toBe('timed_out');
    expect((await failureOf(lane.run(LONG_MS, async () => 'later'))).reason).toBe('timed_out');
    expect(startedBehind).toBe(false);
    expect(pendingNativeCalls()).toBe(1);
    prompt.resolve('typed at last');
    await told.promise;
    expect(pendingNativeCalls()).toBe(0);
    expect(await lane.run(LONG_MS, async () => 'free')).toBe('free');
  });

  test('waits on closing for a call that is at work, not for one that is stuck', async () => {
    const lane = createNativeLane(() => undefined);
    await lane.settled(LONG_MS);
    const work = Promise.withResolvers<string>();
    const started = Promise.withResolvers<void>();
    const call = lane.run(LONG_MS, () => {
      started.resolve();
      return work.promise;
    });
    await started.promise;
    const order: string[] = [];
    const settled = lane.settled(LONG_MS).then(() => order.push('settled'));
    order.push('answered');
    work.resolve('done');
    await Promise.all([call, settled]);
    expect(order).toEqual(['answered', 'settled']);

    const prompt = Promise.withResolvers<void>();
    const stuck = lane.run(LIMIT_MS, () => prompt.promise);
    await failureOf(stuck);
    await lane.settled(LONG_MS);
    expect(pendingNativeCalls()).toBe(1);
    prompt.resolve();
    await new Promise(setImmediate);
    expect(pendingNativeCalls()).toBe(0);
  });

  test('a late rejection is no unhandled one', async () => {
    const told = Promise.withResolvers<void>();
    const lane = createNativeLane(told.resolve);
    const prompt = Promise.withResolvers<string>();
    await failureOf(lane.run(LIMIT_MS, () => prompt.promise));
    prompt.reject(new Error('dismissed at last'));
    await told.promise;
    expect(await lane.run(LONG_MS, async () => 'free')).toBe('free');
  });
});
