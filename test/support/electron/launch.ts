/** The shell specs' choice of driver: GATEHOUSE_SHELL is `double` or `real` (playwright.config.ts sets it). */
import type { LaunchOptions, ShellDriver } from './driver.ts';
import { launchDouble } from './driver-double.ts';
import { electronBinary, launchReal } from './driver-real.ts';

export const shellKind: 'double' | 'real' = process.env.GATEHOUSE_SHELL === 'real' ? 'real' : 'double';

/** Why the specs cannot run here, or undefined. */
export function whyNoShell(): string | undefined {
  if (shellKind === 'double') return undefined;
  const binary = electronBinary();
  return 'missing' in binary ? `no Electron binary on this machine: ${binary.missing}` : undefined;
}

export function launchShell(options: LaunchOptions): Promise<ShellDriver> {
  return shellKind === 'real' ? launchReal(options) : launchDouble(options);
}
