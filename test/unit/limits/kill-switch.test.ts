import { describe, expect, it } from 'vitest';
import { createKillSwitch } from '../../../proxy/limits/kill-switch.ts';

function start(stored?: number) {
  let since = stored;
  const seen: boolean[] = [];
  const store = {
    get: () => since,
    set: (value: number | undefined) => {
      since = value;
    },
  };
  const killSwitch = createKillSwitch(store);
  killSwitch.onChange((view) => seen.push(view.active));
  return { killSwitch, seen, stored: () => since };
}

describe('the kill switch', () => {
  it('is what was stored', () => {
    expect(start().killSwitch.view()).toEqual({ active: false });
    expect(start(5).killSwitch.view()).toEqual({ active: true, by: 'person', sinceMs: 5 });
  });
  it('stores, tells once, and keeps the first instant', () => {
    const { killSwitch, seen, stored } = start();
    killSwitch.pause(7);
    killSwitch.pause(9);
    expect([stored(), seen]).toEqual([7, [true]]);
    expect(() => killSwitch.check()).toThrowError(expect.objectContaining({ code: 'kill_switch', retryable: false }));
    killSwitch.resume();
    killSwitch.resume();
    expect([stored(), seen]).toEqual([undefined, [true, false]]);
    killSwitch.check();
  });
  it('a config holds it down whatever a person does', () => {
    const { killSwitch } = start();
    killSwitch.setConfigured(true);
    expect(killSwitch.resume()).toEqual({ active: true, by: 'config' });
    killSwitch.setConfigured(false);
    expect(killSwitch.view()).toEqual({ active: false });
  });
  it('a store that cannot be written leaves it as it was', () => {
    const killSwitch = createKillSwitch({
      get: () => undefined,
      set: () => {
        throw new Error('disk full');
      },
    });
    expect(() => killSwitch.pause(1)).toThrow('disk full');
    expect(killSwitch.view()).toEqual({ active: false });
  });
});
