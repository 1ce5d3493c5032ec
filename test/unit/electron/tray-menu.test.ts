import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RecentCall } from '../../../electron/live/calls.ts';
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
    calls: { running: [], recent: [] },
    desktopNotices: true,
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
      'Recent calls',
      '-',
      'Pause for 15 minutes',
      'Pause until resumed',
      'Stop running calls…',
      '-',
      'Settings',
      'Quit Gatehouse',
    ]);
    expect(model.icon).toBe('idle');
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
    expect(actionOf(byPerson, 'pauseForAWhile')).toBeUndefined();
    expect(byPerson.icon).toBe('blocked');
    const byConfig = trayModel({ gateway: running, live: live({ pause: { active: true, by: 'config' } }) });
    expect(actionOf(byConfig, 'resume')).toMatchObject({ label: 'Paused by the config file', enabled: false });
  });

  it('tells why the gateway is down and offers another start only when nothing else will start it', () => {
    const failed = trayModel({ gateway: { name: 'failed', reason }, live: live() });
    expect(textOf(failed, 'reason')).toMatchObject({ label: reason.message });
    expect(actionOf(failed, 'startAgain')).toMatchObject({ enabled: true });
    expect(failed.icon).toBe('failed');
    expect(actionOf(failed, 'choosePort')).toBeUndefined();
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

describe('the picture', () => {
  const iconOf = (change: Partial<LiveView>, budgets?: BudgetView[]) =>
    trayModel({ gateway: running, live: live(change, budgets) }).icon;
  const calls = { running: ['req_1'], recent: [] };

  it.each<[string, string, Partial<LiveView>, BudgetView[]?]>([
    ['idle', 'nothing runs', {}],
    ['active', 'a call is under way', { calls }],
    ['warning', 'a provider fails, whatever runs', { calls, failing: ['openai'] }],
    ['warning', 'a cap is four fifths used', {}, [cap({ spentNano: 15.5 * USD, leftNano: 4 * USD })]],
    ['idle', 'a cap is a little less used', {}, [cap({ spentNano: 15.4 * USD, leftNano: 4.1 * USD })]],
    ['warning', 'the cap of one key is reached', {}, [cap({ scope: 'key:ci', spentNano: 20 * USD, leftNano: 0 })]],
    ['blocked', 'the cap of everything is reached', { calls }, [cap({ spentNano: 20 * USD, leftNano: 0 })]],
    ['blocked', 'a person paused', { calls, pause: { active: true, by: 'person' }, failing: ['openai'] }],
    ['blocked', 'the config paused', { pause: { active: true, by: 'config' } }],
  ])('is %s when %s', (icon, _when, change, budgets) => {
    expect(iconOf(change, budgets)).toBe(icon);
  });

  it('is blocked while nothing listens, and failed while the gateway is down', () => {
    const of = (gateway: SupervisorState) => trayModel({ gateway, live: live({ calls }) }).icon;
    expect(of({ name: 'starting', crashes: 0 })).toBe('blocked');
    expect(of({ name: 'stopping' })).toBe('blocked');
    expect(of({ name: 'failed', reason })).toBe('failed');
    expect(of({ name: 'restarting', crashes: 1, delayMs: 1, reason })).toBe('failed');
  });
});

describe('what the menu says of calls', () => {
  const recent: RecentCall[] = [
    { id: 'req_3', startedAtMs: 3, state: 'streaming', model: 'openai/gpt-4o' },
    { id: 'req_2', startedAtMs: 2, state: 'settled', model: 'groq/llama', chargedNano: 4_200_000 },
    { id: 'req_1', startedAtMs: 1, state: 'refused' },
  ];
  const model = (calls: LiveView['calls'], gateway: SupervisorState = running) =>
    trayModel({ gateway, live: live({ calls }) });

  it('lists the last ones with model, cost and state, each leading to its request', () => {
    const menu = model({ running: ['req_3'], recent }).items.find((item) => item.kind === 'menu');
    expect(menu?.kind === 'menu' && menu.items).toEqual([
      { kind: 'call', id: 'call:req_3', requestId: 'req_3', label: 'openai/gpt-4o · streaming' },
      { kind: 'call', id: 'call:req_2', requestId: 'req_2', label: 'groq/llama · $0.0042 · done' },
      { kind: 'call', id: 'call:req_1', requestId: 'req_1', label: 'no model named · refused' },
    ]);
    const empty = model({ running: [], recent: [] }).items.find((item) => item.kind === 'menu');
    expect(empty?.kind === 'menu' && empty.items).toEqual([{ kind: 'text', id: 'noCalls', label: 'No calls yet' }]);
  });

  it('counts those under way, and offers to stop them only then', () => {
    const busy = model({ running: ['a', 'b'], recent });
    expect(textOf(busy, 'status')).toMatchObject({ label: 'Running on 127.0.0.1:7420, 2 calls under way' });
    expect(actionOf(busy, 'stopCalls')).toMatchObject({ label: 'Stop 2 calls now…', enabled: true });
    expect(actionOf(model({ running: [], recent }), 'stopCalls')).toMatchObject({ enabled: false });
  });

  it('counts down while the app quits, and offers not to wait', () => {
    const stopping: SupervisorState = { name: 'stopping' };
    const closing = trayModel({ gateway: stopping, live: live({ calls: { running: ['a'], recent } }), quitting: true });
    expect(textOf(closing, 'status')).toMatchObject({ label: 'Finishing 1 call…' });
    expect(actionOf(closing, 'quitNow')).toMatchObject({ label: 'Quit now', enabled: true });
    expect(actionOf(closing, 'quit')).toBeUndefined();
    const restarting = model({ running: ['a'], recent }, stopping);
    expect(actionOf(restarting, 'quit'), 'only the gateway ends').toMatchObject({ enabled: true });
    expect(textOf(model({ running: [], recent }, { name: 'stopping' }), 'status')).toMatchObject({ label: 'Closing…' });
  });
});

describe('what else the menu says', () => {
  it('until when a pause lasts', () => {
    const untilMs = new Date(2026, 10, 20, 14, 35).getTime();
    const model = trayModel({ gateway: running, live: live({ pause: { active: true, by: 'person', untilMs } }) });
    expect(textOf(model, 'status')).toMatchObject({ label: 'Paused until 2:35 PM: every call is refused' });
    expect(actionOf(model, 'resume')).toMatchObject({ label: 'Resume calls', enabled: true });
  });

  it('which other cap is nearly used, never 100 % before it is', () => {
    const key = cap({ id: 'ci', scope: 'key:ci', spentNano: 19.99 * USD, heldNano: 0, leftNano: 0.01 * USD });
    const model = trayModel({ gateway: running, live: live({}, [cap(), key]) });
    expect(textOf(model, 'spendCap')).toMatchObject({ label: 'This month $4.50 of $20.00' });
    expect(textOf(model, 'capNear')).toMatchObject({ label: 'Budget ci: 99 % used' });
  });

  it('that a port is taken and another one can be had', () => {
    const taken = { ...reason, portInUse: { port: 7420, freePort: 7421, managed: false } };
    const model = trayModel({ gateway: { name: 'failed', reason: taken }, live: undefined });
    expect(actionOf(model, 'choosePort')).toMatchObject({ label: 'Use another port…', enabled: true });
  });

  it('that a newer release is there', () => {
    const update = (downloaded: boolean) => ({
      gateway: running,
      live: live(),
      update: { version: '0.2.0', downloaded },
    });
    expect(actionOf(trayModel(update(false)), 'update')).toMatchObject({ label: 'Gatehouse 0.2.0 is available…' });
    expect(actionOf(trayModel(update(true)), 'update')).toMatchObject({
      label: 'Gatehouse 0.2.0 is installed on quit',
    });
  });
});

describe('trayIcon', () => {
  const iconDir = join(import.meta.dirname, '..', '..', '..', 'resources', 'icons');
  const choices = (['idle', 'active', 'warning', 'blocked', 'failed'] as const).flatMap((state) =>
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
    expect(trayIcon('idle', 'darwin', true)).toEqual({ file: 'tray-idle-Template.png', template: true });
  });
});
