/** The desktop app's own settings: a small file beside the window's place. The gateway and its config know nothing of it. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { type DesktopSettings, type DesktopSettingsChange, desktopSettings } from '../../proxy/contract/desktop.ts';
import { messageOf } from '../log.ts';

export interface SettingsFile {
  current(): DesktopSettings;
  /** Why the file does not hold, for a person; the defaults stand then. Undefined: all is well. */
  problem(): string | undefined;
  /** Written first: what could not be kept has not changed. A damaged file is replaced. Throws what the disk throws. */
  change(change: DesktopSettingsChange): void;
}

export function openSettings(file: string): SettingsFile {
  let { settings, problem } = read(file);
  return {
    current: () => settings,
    problem: () => problem,
    change(change) {
      const next = desktopSettings.parse({ ...settings, ...defined(change) });
      const half = `${file}.new`;
      writeFileSync(half, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 });
      renameSync(half, file);
      settings = next;
      problem = undefined;
    },
  };
}

interface Read {
  settings: DesktopSettings;
  problem: string | undefined;
}

function read(file: string): Read {
  const defaults = desktopSettings.parse({});
  try {
    return { settings: desktopSettings.parse(JSON.parse(readFileSync(file, 'utf8'))), problem: undefined };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { settings: defaults, problem: undefined };
    const why = error instanceof z.ZodError ? issueText(error) : messageOf(error);
    return {
      settings: defaults,
      problem: `${file} does not hold: ${why}. The defaults are used until you change one.`,
    };
  }
}

function issueText({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`)).join('; ');
}

function defined(change: DesktopSettingsChange): Partial<DesktopSettings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
