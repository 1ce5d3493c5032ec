/**
 * Builds resources/catalog.json and docs/catalog-report.md from a folder of price snapshots, which is not part of this
 * repository: `node scripts/catalog/build.ts [folder]` (default ../shared/catalog, beside the project).
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCatalog } from './build-catalog.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { json, report } = buildCatalog(resolve(process.argv[2] ?? join(root, '../shared/catalog')));
for (const [path, text] of [
  ['resources/catalog.json', json],
  ['docs/catalog-report.md', report],
] as const) {
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
}
