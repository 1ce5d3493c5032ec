/** THIRD-PARTY-NOTICES: whose work is in the package, and the words under which it is. */
import type { ShippedPackage } from './shipped.ts';

const RULE = '='.repeat(100);

const PREFACE = `Gatehouse contains the work of others, named below with the licence of each. Gatehouse itself is under
the MIT licence (LICENSE.txt).

It runs on Electron, whose licence is among these and in LICENSE.electron.txt. Electron contains Chromium, Node.js and much
else: their notices are in LICENSES.chromium.html. Both files come with this installation.

SQLite, inside better-sqlite3, is in the public domain.`;

/** Where the prices and facts of the built-in catalog come from. */
export interface DataSource {
  readonly name: string;
  readonly repository: string;
  readonly licence: string;
}

export function buildNotices(shipped: readonly ShippedPackage[], dataSources: readonly DataSource[]): string {
  const sources = dataSources.map(({ name, repository, licence }) => `  ${name} (${licence}): ${repository}`);
  const parts = [
    'THIRD-PARTY NOTICES',
    PREFACE,
    `Prices and facts of models were taken from:\n${sources.join('\n')}`,
    `${shipped.length} packages:`,
    shipped.map(({ name, version, licence }) => `  ${name} ${version} (${licence.expression})`).join('\n'),
    ...shipped.map(
      ({ name, version, licence }) => `${RULE}\n${name} ${version} (${licence.expression})\n${RULE}\n\n${licence.text}`,
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}
