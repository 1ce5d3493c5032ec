import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, suite, test } from 'vitest';
import { buildCatalog } from '../../../scripts/catalog/build-catalog.ts';

/** The snapshots lie beside the project. On CI a missing folder is a failure; elsewhere this suite is skipped by name. */
const root = join(import.meta.dirname, '../../..');
const folder = join(root, '../shared/catalog');

if (existsSync(folder) || process.env.CI === 'true') suite('the catalog that ships', sameAsBuilt);
else suite.skip('the catalog that ships (skipped: ../shared/catalog is not here)', sameAsBuilt);

function sameAsBuilt(): void {
  test('is what the script builds from the snapshots, and so is its report', () => {
    const { json, report } = buildCatalog(folder);
    const again = 'stale: run node scripts/catalog/build.ts';
    expect(readFileSync(join(root, 'resources/catalog.json'), 'utf8') === json, again).toBe(true);
    expect(readFileSync(join(root, 'docs/catalog-report.md'), 'utf8') === report, again).toBe(true);
  });
}
