/** docs/catalog-report.md: what the sources disagree on, what was left out, and by which rule. */
import type { CatalogFile } from '../../proxy/catalog/catalog-file.ts';
import { TOLERANCE } from './agree.ts';
import { SOURCES } from './reading.ts';
import type { Disagreement } from './settle-model.ts';

export interface ReportInput {
  readonly catalog: CatalogFile;
  readonly disagreements: readonly Disagreement[];
  /** Reason -> ids. */
  readonly leftOut: ReadonlyMap<string, readonly string[]>;
}

export function catalogReport({ catalog, disagreements, leftOut }: ReportInput): string {
  const sources = Object.entries(catalog.sources).map(
    ([name, { repository, commit, date, licence }]) =>
      `| ${name} | ${repository} | \`${commit}\` | ${date} | ${licence} |`,
  );
  const counts = Object.entries(catalog.kinds).map(([kind, { models }]) => `${kind}: ${models.length} models`);
  const rows = disagreements.map(({ model, field, taken, said, remark }) => {
    const cells = SOURCES.map((source) => said[source] ?? '');
    return `| ${[model, field, ...cells, `**${taken}**`, remark].join(' | ')} |`;
  });
  const omitted = [...leftOut].map(([reason, ids]) => `- ${reason}: ${ids.map((id) => `\`${id}\``).join(', ')}`);
  return [
    '# Catalog report',
    '',
    'Written by `scripts/catalog/build.ts`; do not edit. Prices in USD per million tokens.',
    '',
    counts.join('; '),
    '',
    '| source | repository | commit | date | licence |',
    '|---|---|---|---|---|',
    ...sources,
    '',
    '## Rule',
    '',
    `Two sources that agree within ${TOLERANCE * 100} % carry a figure, and the newest of them is written. Where no two agree, the highest is taken:`,
    'a bill is then at worst overstated and a cap stops too early, never too late. Of a yes/no fact the newest snapshot counts.',
    'A cache read for 0 beside a priced input counts as unknown. Every value in `resources/catalog.json` names its sources.',
    '',
    `## Disagreements over ${TOLERANCE * 100} % (${disagreements.length})`,
    '',
    `| model | field | ${SOURCES.join(' | ')} | taken | why |`,
    `|---|---|${SOURCES.map(() => '---|').join('')}---|---|`,
    ...rows,
    '',
    '## Left out',
    '',
    ...omitted,
    '',
  ].join('\n');
}
