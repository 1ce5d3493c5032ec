import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDesk } from '../../../electron/settings/desk.ts';
import { openSettings } from '../../../electron/settings/settings-file.ts';
import { desktopAnswer } from '../../../proxy/contract/desktop.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-settings-'));
  file = join(folder, 'settings.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const DEFAULTS = { updates: 'off', notifications: true, onClose: 'tray' };

describe('the settings file', () => {
  it('is not needed', () => {
    const settings = openSettings(file);
    expect([settings.current(), settings.problem()]).toEqual([DEFAULTS, undefined]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps what is changed and nothing beside it, for this user only', () => {
    openSettings(file).change({ updates: 'notify' });
    openSettings(file).change({ onClose: 'quit', notifications: undefined });
    expect(openSettings(file).current()).toEqual({ updates: 'notify', notifications: true, onClose: 'quit' });
    expect(readdirSync(folder)).toEqual(['settings.json']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['{"updates":"auto"}', 'updates: '],
    ['{"colour":"red"}', 'colour'],
    ['{"updates":', 'JSON'],
    ['[]', 'does not hold'],
  ])('%s is a problem that is said; the defaults stand until a change replaces it', (text, words) => {
    writeFileSync(file, text);
    const settings = openSettings(file);
    expect(settings.current()).toEqual(DEFAULTS);
    expect(settings.problem()).toContain(words);
    expect(readFileSync(file, 'utf8')).toBe(text);
    settings.change({ notifications: false });
    expect(settings.problem()).toBeUndefined();
    expect(openSettings(file).current()).toEqual({ ...DEFAULTS, notifications: false });
  });

  it('that cannot be written changes nothing', () => {
    const settings = openSettings(file);
    mkdirSync(`${file}.new`);
    expect(() => settings.change({ onClose: 'quit' })).toThrow('EISDIR');
    expect(settings.current()).toEqual(DEFAULTS);
  });
});

function desk() {
  const acts: string[] = [];
  const made = createDesk({
    version: '1.2.3',
    settings: openSettings(file),
    loginItem: {
      view: () => ({ on: false, whyNot: 'not here' }),
      set() {
        throw new Error('not here');
      },
      refresh: () => undefined,
    },
    updates: {
      view: () => ({ state: 'off' }),
      follow: () => acts.push('follow'),
      check: async () => void acts.push('check'),
      download: async () => void acts.push('download'),
    },
    tray: () => true,
    restartGateway: () => acts.push('restart'),
    startGateway: () => acts.push('start'),
    changed: () => acts.push('changed'),
  });
  return { desk: made, acts };
}

describe('the desk', () => {
  it('answers each question with the view as it is then', async () => {
    const { desk: asked, acts } = desk();
    const answer = await asked.answer({ id: 7, ask: { ask: 'set', settings: { updates: 'notify' } } });
    expect(desktopAnswer.parse(answer)).toMatchObject({ id: 7, ok: true, view: { settings: { updates: 'notify' } } });
    await asked.answer({ id: 8, ask: { ask: 'checkForUpdates' } });
    await asked.answer({ id: 9, ask: { ask: 'downloadUpdate' } });
    await asked.answer({ id: 10, ask: { ask: 'restartGateway' } });
    await asked.answer({ id: 11, ask: { ask: 'startGateway' } });
    expect(acts).toEqual(['follow', 'changed', 'check', 'download', 'restart', 'start']);
  });

  it('says what went wrong', async () => {
    expect(await desk().desk.answer({ id: 1, ask: { ask: 'launchAtLogin', on: true } })).toEqual({
      id: 1,
      ok: false,
      message: 'not here',
    });
  });

  it.each([
    [{ id: 1, ask: { ask: 'view', more: true } }, 1],
    [{ id: 2, ask: { ask: 'set', settings: { shell: 'rm' } } }, 2],
    [{ id: 3, ask: 'view', extra: 1 }, 3],
    [{ id: -1, ask: { ask: 'view' } }, -1],
    [{ id: 'x', ask: { ask: 'view' } }, undefined],
    [undefined, undefined],
    ['view', undefined],
    [null, undefined],
  ])('refuses %j', async (question, id) => {
    const { desk: asked, acts } = desk();
    const answer = await asked.answer(question);
    expect(answer).toEqual(
      id === undefined ? undefined : { id, ok: false, message: 'The desktop app does not know this question.' },
    );
    expect(acts).toEqual([]);
  });
});
