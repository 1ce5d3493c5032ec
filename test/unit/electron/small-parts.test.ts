import { describe, expect, it, vi } from 'vitest';
import { createPortOfRun, failureQuestion } from '../../../electron/life/port-choice.ts';
import { alertNotice } from '../../../electron/notices/alert-notice.ts';
import { calm } from '../../../electron/tray/calm.ts';
import type { AlertView } from '../../../proxy/contract/alerts.ts';
import type { Place } from '../../../proxy/contract/desktop.ts';

describe('what is asked about a failure', () => {
  const taken = { code: 'port_in_use', message: 'Port 7420 is in use by node (pid 1).' };
  const labels = (managed: boolean, freePort?: number) =>
    failureQuestion({
      ...taken,
      portInUse: { port: 7420, managed, ...(freePort === undefined ? {} : { freePort }) },
    }).buttons.map(({ label }) => label);

  it.each<[string, string[], string[]]>([
    ['a free port', labels(false, 7421), ['Try again', 'Use port 7421 once', 'Always use port 7421', 'Close']],
    ['a config file', labels(true, 7421), ['Try again', 'Use port 7421 once', 'Close']],
    ['no free port', labels(false), ['Try again', 'Close']],
  ])('with %s', (_what, offered, wanted) => {
    expect(offered).toEqual(wanted);
  });

  it('never chooses another port for the person: the first button is the same port', () => {
    const [first] = failureQuestion({ ...taken, portInUse: { port: 1, freePort: 2, managed: false } }).buttons;
    expect(first?.choice).toEqual({ type: 'startAgain' });
  });
});

describe('the port of this run', () => {
  it('is kept once when it is to be kept, and only then', async () => {
    const saved: number[] = [];
    const port = createPortOfRun(async (kept) => void saved.push(kept));
    await port.settle();
    port.choose(7421, false);
    await port.settle();
    expect([port.chosen(), saved]).toEqual([7421, []]);
    port.choose(7422, true);
    await port.settle();
    await port.settle();
    expect([port.chosen(), saved]).toEqual([7422, [7422]]);
    port.forget();
    expect(port.chosen()).toBeUndefined();
  });

  it('stands for this run when it cannot be kept', async () => {
    const port = createPortOfRun(() => Promise.reject(new Error('managed')));
    port.choose(7421, true);
    await expect(port.settle()).rejects.toThrow('managed');
    await port.settle();
    expect(port.chosen()).toBe(7421);
  });
});

describe('an alert on the desktop', () => {
  const alert = (event: AlertView['event']): AlertView => {
    return { id: 'a', atMs: 0, event, severity: 'warning', title: 'Title', message: 'Message', facts: {} };
  };
  function shown(event: AlertView['event']) {
    const went: Place[] = [];
    let pauses = 0;
    const pause = () => {
      pauses += 1;
    };
    const notice = alertNotice(alert(event), { go: (place) => went.push(place), pause });
    return { notice, went, pauses: () => pauses };
  }

  it('of a budget can be answered: raise the cap where caps are, or pause', () => {
    const { notice, went, pauses } = shown('budget');
    expect(notice.actions).toEqual(['Raise cap', 'Pause']);
    notice.onAction(0);
    notice.onAction(1);
    notice.onAction(2);
    expect([went, pauses()]).toEqual([[{ path: '/budgets' }], 1]);
  });

  it('of anything else leads to the activity by a click', () => {
    const { notice, went } = shown('provider_down');
    expect(notice).toMatchObject({ title: 'Title', body: 'Message', actions: [] });
    notice.onClick();
    expect(went).toEqual([{ path: '/activity' }]);
  });
});

describe('calm', () => {
  it('works at once, then once per interval, and always shows the last', () => {
    vi.useFakeTimers();
    try {
      let times = 0;
      const slow = calm(() => {
        times += 1;
      }, 500);
      for (let calls = 0; calls < 10; calls += 1) slow.run();
      expect(times).toBe(1);
      vi.advanceTimersByTime(500);
      expect(times).toBe(2);
      vi.advanceTimersByTime(5_000);
      expect(times).toBe(2);
      slow.run();
      slow.run();
      slow.cancel();
      vi.advanceTimersByTime(5_000);
      expect(times).toBe(3);
    } finally {
      vi.useRealTimers();
    }
  });
});
