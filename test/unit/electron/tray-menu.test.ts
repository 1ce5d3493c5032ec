import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LiveView } from '../../../electron/live/reduce.ts';
import type { SupervisorState } from '../../../electron/supervisor/state.ts';
import { trayIcon } from '../../../electron/tray/icon.ts';
import {
  baseUrlOf,
  type TrayItem,
  type TrayModel,
  type TraySnapshot,
  trayModel as trayModelOf,
} from '../../../electron/tray/menu.ts';
import type { BudgetView } from '../../../proxy/contract/views.ts';

const trayModel = (snapshot: TraySnapshot) => trayModelOf(snapshot, 'en-US');

const USD = 1_000_000_000;
const running: SupervisorState = {
  name: 'running',
  crashes: 0,
  listening: { baseUrl: 'http://127.0.0.1:7420/v1', port: 7420 },
};
const reason = { code: 'port_in_use', message: 'Port 7420 is in use by "ollama" (pid 42).' };

function cap(change: Partial<BudgetView> = {}): BudgetView {
  return {
    id: 'month',
    scope: 'global',
    window: 'month',
    limitNano: 20 * USD,
    spentNano: 4 * USD,
    heldNano: USD / 2,
    leftNano: 15.5 * USD,
    windowStartMs: 0,
    ...change,
  };
}

function live(change: Partial<LiveView> = {}, budgets: BudgetView[] = [cap()]): LiveView {
  return {
    baseUrl: 'http://127.0.0.1:7420/v1',
    pause: { active: false },
    spend: { todayNano: 420_000_000, monthNano: 4 * USD, heldNano: 0, requestsToday: 9, budgets },
    failing: [],
    ...change,
  };
}

const textOf = (model: TrayModel, id: string) => model.items.find((item) => item.kind === 'text' && item.id === id);
const actionOf = (model: TrayModel, id: string) => model.items.find((item) => item.kind === 'action' && item.id === id);
const labels = (model: TrayModel) =>
  model.items.map((item: TrayItem) => (item.kind === 'separator' ? '-' : item.label));

describe('trayModel', () => {
  it('reads like this when all is well', () => {
    const model = trayModel({ gateway: running, live: live() });
    expect(labels(model)).toEqual([
      'Running on 127.0.0.1:7420',
      'Today $0.42',
      'This month $4.50 of $20.00',
      '-',
      'Open Gatehouse',
      'Copy base URL',
      'Pause all calls',
      '-',
      'Quit Gatehouse',
    ]);
    expect(model.icon).toBe('open');
    expect(model.tooltip).toBe('Gatehouse: Running on 127.0.0.1:7420\nToday $0.42\nThis month $4.50 of $20.00');
  });

  it('says nothing about money it does not know', () => {
    const model = trayModel({ gateway: { name: 'starting', crashes: 0 }, live: undefined });
    expect(labels(model).filter((label) => label.includes('$'))).toEqual([]);
    expect(actionOf(model, 'pause')).toMatchObject({ enabled: false });
    expect(actionOf(model, 'copyBaseUrl')).toMatchObject({ enabled: false });
  });

  it('leaves the cap out when there is none, and marks one that is reached', () => {
    expect(textOf(trayModel({ gateway: running, live: live({}, []) }), 'spendCap')).toBeUndefined();
    const full = cap({ window: 'day', spentNano: 20 * USD, heldNano: 0, leftNano: 0 });
    expect(textOf(trayModel({ gateway: running, live: live({}, [full]) }), 'spendCap')).toMatchObject({
      label: 'Today $20.00 of $20.00 (cap reached)',
    });
  });

  it('offers to resume what a person paused, not what the config paused', () => {
    const byPerson = trayModel({ gateway: running, live: live({ pause: { active: true, by: 'person' } }) });
    expect(actionOf(byPerson, 'resume')).toMatchObject({ label: 'Resume calls', enabled: true });
    expect(actionOf(byPerson, 'pause')).toBeUndefined();
    expect(byPerson.icon).toBe('closed');
    const byConfig = trayModel({ gateway: running, live: live({ pause: { active: true, by: 'config' } }) });
    expect(actionOf(byConfig, 'resume')).toMatchObject({ label: 'Paused by the config file', enabled: false });
  });

  it('tells why the gateway is down and offers another start only when nothing else will start it', () => {
    const failed = trayModel({ gateway: { name: 'failed', reason }, live: live() });
    expect(textOf(failed, 'reason')).toMatchObject({ label: reason.message });
    expect(actionOf(failed, 'startAgain')).toMatchObject({ enabled: true });
    expect(failed.icon).toBe('trouble');
    const restarting = trayModel({ gateway: { name: 'restarting', crashes: 2, delayMs: 900, reason }, live: live() });
    expect(textOf(restarting, 'status')).toMatchObject({ label: 'Down, starts again in 1 s' });
    expect(actionOf(restarting, 'startAgain')).toBeUndefined();
    expect(actionOf(restarting, 'pause')).toMatchObject({ enabled: false });
  });

  it('names failing providers while it runs', () => {
    const model = trayModel({ gateway: running, live: live({ failing: ['openai', 'groq'] }) });
    expect(textOf(model, 'failing')).toMatchObject({ label: 'Provider failing: openai, groq' });
  });

  it('keeps a long reason inside a menu', () => {
    const long = { code: 'x', message: 'x'.repeat(500) };
    const item = textOf(trayModel({ gateway: { name: 'failed', reason: long }, live: undefined }), 'reason');
    expect(item?.kind === 'text' && item.label).toHaveLength(80);
  });

  it('can always be opened and quit', () => {
    const states: SupervisorState[] = [
      { name: 'stopped' },
      { name: 'starting', crashes: 3 },
      running,
      { name: 'restarting', crashes: 1, delayMs: 1, reason },
      { name: 'failed', reason },
      { name: 'stopping' },
    ];
    for (const gateway of states) {
      const model = trayModel({ gateway, live: undefined });
      expect(actionOf(model, 'open')).toMatchObject({ enabled: true });
      expect(actionOf(model, 'quit')).toMatchObject({ enabled: true });
      expect(baseUrlOf({ gateway, live: undefined })).toBe(
        gateway.name === 'running' ? 'http://127.0.0.1:7420/v1' : undefined,
      );
    }
  });
});

describe('trayIcon', () => {
  const iconDir = join(import.meta.dirname, '..', '..', '..', 'resources', 'icons');
  const choices = (['open', 'closed', 'trouble'] as const).flatMap((state) =>
    (['darwin', 'linux', 'win32'] as const).flatMap((platform) =>
      [true, false].map((dark) => trayIcon(state, platform, dark)),
    ),
  );

  it.each([...new Set(choices.map((choice) => choice.file))])('%s is there in every size', (file) => {
    for (const [suffix, sizePx] of [
      ['', 16],
      ['@1.5x', 24],
      ['@2x', 32],
    ] as const) {
      const path = join(iconDir, file.replace('.png', `${suffix}.png`));
      expect(existsSync(path), path).toBe(true);
      expect(readFileSync(path).readUInt32BE(16), 'width in the PNG header').toBe(sizePx);
    }
  });

  it('names macOS images so that the system recolours them', () => {
    expect(trayIcon('open', 'darwin', true)).toEqual({ file: 'tray-open-Template.png', template: true });
  });
});
