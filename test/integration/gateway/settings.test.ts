/** What a person changes in the window applies at once, as a new version of the config, and leaves the rest alone. */
import { afterEach, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway/start.ts';

let gate: TestGateway | undefined;
afterEach(async () => {
  await gate?.close();
  gate = undefined;
});

describe('looking for local servers', () => {
  it('is switched off and on again', async () => {
    gate = await startTestGateway();
    const { settings, discovery, config } = gate.control;
    await settings.update({ budget: { window: 'month', limitUsd: 20 } });
    expect((await settings.get()).discovery).toEqual({ local: true });
    const changed = await settings.update({ discovery: { local: false } });
    expect(changed).toMatchObject({ restartNeeded: false, settings: { discovery: { local: false } } });
    expect(await discovery.probe()).toMatchObject({ enabled: false });
    expect(await config.current()).toMatchObject({ discovery: { local: false }, budgets: [{ limitUsd: 20 }] });
    await settings.update({ port: 0 });
    expect((await settings.get()).discovery).toEqual({ local: false });
    await settings.update({ discovery: { local: true } });
    expect(await discovery.probe()).toMatchObject({ enabled: true });
  });

  it('is the file’s to switch where a file manages the config', async () => {
    gate = await startTestGateway({ discovery: { local: false } });
    expect((await gate.control.settings.get()).discovery).toEqual({ local: false });
    await expect(gate.control.settings.update({ discovery: { local: true } })).rejects.toMatchObject({
      code: 'MANAGED',
    });
  });
});
