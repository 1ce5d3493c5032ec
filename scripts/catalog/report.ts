/** docs/catalog-report.md: what the sources disagree on, what was left out, and by which rule. */
import type { CatalogFile } from '../../proxy/catalog/catalog-file.ts';
import type { CatalogModel } from '../../proxy/catalog/catalog-model.ts';
import { TIER_LIMITS_USD_PER_MTOK } from '../../proxy/catalog/tier.ts';
import type { ProviderKind } from '../../proxy/contract/config.ts';
import { TOLERANCE } from './agree.ts';
import { RULES } from './believed.ts';
import { SOURCES } from './reading.ts';
import type { Disagreement } from './settle-model.ts';

export interface BuiltProvider {
  readonly kind: ProviderKind;
  readonly models: readonly CatalogModel[];
  readonly disagreements: readonly Disagreement[];
  /** Reason -> ids. */
  readonly leftOut: ReadonlyMap<string, readonly string[]>;
}

export interface ReportInput {
  readonly catalog: CatalogFile;
  readonly built: readonly BuiltProvider[];
}

export function catalogReport({ catalog, built }: ReportInput): string {
  const all = built.flatMap(({ models }) => models);
  const disagreements = built.flatMap((provider) => provider.disagreements);
  const { economyBelow, premiumAbove } = TIER_LIMITS_USD_PER_MTOK;
  return [
    '# Catalog report',
    '',
    'Written by `scripts/catalog/build.ts`; do not edit. Prices in USD per million tokens.',
    '',
    `${all.length} models of ${built.length} providers, ${sharedFamilies(built)} families at more than one of them.`,
    '',
    '| provider | models | embeddings | cache read | cache write | 1 h | long input | tools | reasoning | structured output |',
    `|---|${'---:|'.repeat(9)}`,
    ...built.map(countsRow),
    '',
    '| source | repository | commit | date | licence |',
    '|---|---|---|---|---|',
    ...catalog.sources.map(
      ({ name, repository, commit, date, licence }) =>
        `| ${name} | ${repository} | \`${commit}\` | ${date} | ${licence} |`,
    ),
    '',
    '## Rules',
    '',
    `- Two sources that agree within ${TOLERANCE * 100} % carry a figure, and the newest of them is written. Where no two agree, the highest is taken: a bill is then at worst overstated and a cap stops too early, never too late. Of a yes/no fact the newest snapshot counts.`,
    "- OpenRouter's models are those of its own list, and what that list says is taken; the others fill its gaps.",
    ...RULES.map((rule) => `- ${rule}`),
    '- Bedrock: an id without a region is priced as in us-east-1; the ids of cross-region profiles have prices of their own.',
    `- Tier: the price of a million tokens of which three quarters are input. Below ${economyBelow} USD economy, above ${premiumAbove} USD premium, between them standard. A config's own price moves the tier; a config's own tier wins.`,
    '- Family: read from the id (`scripts/catalog/family.ts`): the date of a snapshot, the precision and the kind of serving make no other family.',
    '- Every value in `resources/catalog.json` names its sources (the last cell of a row: one hex digit a column, one bit a source in the order above); the family, the purpose and the tier are read from the others.',
    '',
    '## Scores',
    '',
    scoresText(all),
    '',
    `## Disagreements over ${TOLERANCE * 100} % (${disagreements.length})`,
    '',
    ...built.flatMap(disagreementTable),
    '## Left out',
    '',
    ...built.flatMap(leftOutLines),
    '',
  ].join('\n');
}

function countsRow({ kind, models }: BuiltProvider): string {
  const count = (test: (model: CatalogModel) => boolean) => String(models.filter(test).length);
  const cells = [
    count((model) => model.purpose === 'embedding'),
    count((model) => model.cacheReadUsdPerMTok !== undefined),
    count((model) => model.cacheWriteUsdPerMTok !== undefined),
    count((model) => model.cacheWrite1hUsdPerMTok !== undefined),
    count((model) => model.tiers !== undefined),
    count((model) => model.tools === true),
    count((model) => model.reasoning === true),
    count((model) => model.structuredOutput === true),
  ];
  return `| ${[kind, models.length, ...cells].join(' | ')} |`;
}

function sharedFamilies(built: readonly BuiltProvider[]): number {
  const kindsOf = new Map<string, Set<string>>();
  for (const { kind, models } of built) {
    for (const { family } of models) {
      if (family !== undefined) kindsOf.set(family, (kindsOf.get(family) ?? new Set()).add(kind));
    }
  }
  return [...kindsOf.values()].filter((kinds) => kinds.size > 1).length;
}

/** No score is made up: what no source holds is missing, and this says for which models. */
function scoresText(all: readonly CatalogModel[]): string {
  const scored = all.filter(({ quality, code }) => quality !== undefined || code !== undefined);
  if (scored.length === 0)
    return `None of the sources holds benchmark scores, so none of the ${all.length} models has a quality or code score. A config can give one (\`quality\`, \`code\`).`;
  return `${scored.length} of ${all.length} models have a score.`;
}

function disagreementTable({ kind, disagreements }: BuiltProvider): string[] {
  if (disagreements.length === 0) return [];
  const rows = disagreements.map(({ model, field, taken, said, remark }) => {
    const cells = SOURCES.map((source) => said[source] ?? '');
    return `| ${[model, field, ...cells, `**${taken}**`, remark].join(' | ')} |`;
  });
  return [
    `### ${kind} (${disagreements.length})`,
    '',
    `| model | field | ${SOURCES.join(' | ')} | taken | why |`,
    `|---|---|${SOURCES.map(() => '---|').join('')}---|---|`,
    ...rows,
    '',
  ];
}

function leftOutLines({ kind, leftOut }: BuiltProvider): string[] {
  return [...leftOut].map(
    ([reason, ids]) => `- ${kind}, ${reason} (${ids.length}): ${ids.map((id) => `\`${id}\``).join(', ')}`,
  );
}
