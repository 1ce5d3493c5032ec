import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { launchShell } from '../../support/electron/launch.ts';
import { expect, test, trayLabel } from './fixture.ts';

test('a port in use is said in words, in the announcement and in the tray, and can be tried again', async ({
  dataDir,
}) => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const { port } = squatter.address() as AddressInfo;
  const shell = await launchShell({ dataDir, args: ['--port', String(port)] });
  try {
    const failed = await shell.announcement();
    expect(failed).toMatchObject({ event: 'failed', code: 'port_in_use' });
    expect(failed.message).toContain(String(port));
    await expect.poll(() => trayLabel(shell, 'status')).toBe('Stopped: the gateway failed');
    expect(await trayLabel(shell, 'reason')).toContain(String(port));

    const page = await shell.page();
    await expect(page.getByRole('alert')).toContainText(`Port ${port} is in use by`);

    squatter.close();
    await once(squatter, 'close');
    await shell.clickTray('startAgain');
    expect(await shell.announcement()).toMatchObject({ event: 'listening', baseUrl: `http://127.0.0.1:${port}/v1` });
    await expect.poll(() => trayLabel(shell, 'status')).toBe(`Running on 127.0.0.1:${port}`);
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect(await shell.quit()).toBe(0);
  } finally {
    squatter.close();
    await shell.dispose();
  }
});

test('a command line that does not hold ends with the usage code', async ({ dataDir }) => {
  const shell = await launchShell({ dataDir, args: ['--port', 'http'] });
  try {
    await expect(shell.announcement()).rejects.toThrow(/exit code 2[\s\S]*--port needs a number/);
  } finally {
    await shell.dispose();
  }
});
