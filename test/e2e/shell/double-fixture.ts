/** For what only the double can show: dialogs, notifications, and what was handed to Electron. */
import { type DoubleDriver, type DoubleOptions, launchDouble } from '../../support/electron/driver-double.ts';
import { shellKind } from '../../support/electron/launch.ts';
import { attachStderr, test as base, type JudgedShell, judgedShell } from './fixture.ts';

interface Fixtures {
  /** On the test's own data directory; gone when the test is over. */
  launch: (options?: Partial<DoubleOptions>) => Promise<DoubleDriver>;
}

export const test = base.extend<Fixtures>({
  launch: async ({ dataDir }, use, info) => {
    base.skip(shellKind === 'real', 'looks inside the double');
    const launched: JudgedShell<DoubleDriver>[] = [];
    await use(async (options = {}) => {
      const judged = judgedShell(await launchDouble({ dataDir, ...options }));
      launched.push(judged);
      return judged.shell;
    });
    for (const { shell, end } of launched) {
      await end();
      await attachStderr(shell, info);
    }
  },
});
