/** A folder that electron-builder takes for an Electron distribution: what it needs of one, and nothing that could run. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The mark before the fuses in every Electron binary, and the number of them. https://www.electronjs.org/docs/latest/tutorial/fuses */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;

export type Fuse = (typeof FUSES)[number];

const WIRE_VERSION = 1;
const ON = '1';
/** As Electron ships it: what opens doors is open. */
const UNTOUCHED = '10110011';

/** `notices: false`: a distribution whose licences got lost. */
export function writePlaceholderElectron(dir: string, { notices = true } = {}): void {
  mkdirSync(dir, { recursive: true });
  const header = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([WIRE_VERSION, FUSES.length])]);
  const binary = Buffer.concat([Buffer.from('no program\n'), header, Buffer.from(UNTOUCHED)]);
  writeFileSync(join(dir, 'electron'), binary, { mode: 0o755 });
  if (!notices) return;
  writeFileSync(join(dir, 'LICENSE'), 'The licence of Electron\n');
  writeFileSync(join(dir, 'LICENSES.chromium.html'), '<p>The licences of Chromium</p>\n');
}

/** Which fuses of a packed executable are on. */
export function readFuses(executable: string): Record<Fuse, boolean> {
  const binary = readFileSync(executable);
  const wire = binary.indexOf(SENTINEL) + SENTINEL.length + 2;
  const states = FUSES.map((name, index) => [name, String.fromCharCode(binary[wire + index] ?? 0) === ON] as const);
  return Object.fromEntries(states) as Record<Fuse, boolean>;
}
