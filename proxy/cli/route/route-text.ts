/** A dry run for people: where the call would go, why, and what was left out. */
import { nanoToUsdString } from '../../contract/money.ts';
import type { RouteCandidate, RouteScore, RouteView } from '../../contract/routes.ts';
import { textTable } from '../text-table.ts';

/** Lines without a last line break. */
export function routeText(route: RouteView): string {
  const { candidates, excluded, reasons, more } = route;
  return [
    headline(route),
    '',
    candidates.length === 0 ? 'Nothing can serve it.' : candidatesTable(candidates),
    ...(more === undefined || more.candidates === 0 ? [] : [`and ${more.candidates} more`]),
    ...(excluded.length === 0 ? [] : ['', 'Left out:', excludedTable(excluded)]),
    ...(more === undefined || more.excluded === 0 ? [] : [`and ${more.excluded} more`]),
    ...(reasons.length === 0 ? [] : ['', 'Why:', ...reasons.map((reason) => `  ${reason}`)]),
  ].join('\n');
}

function headline({ asked, kind, mode, tier, rule, split, sticky }: RouteView): string {
  const facts = [
    inWords(kind),
    ...(mode === undefined ? [] : [`mode ${mode}`]),
    ...(tier === undefined ? [] : [`tier ${tier}`]),
    ...(rule === undefined ? [] : [`rule ${rule}`]),
    ...(split === undefined ? [] : [`split ${split.name}, arm ${split.arm}`]),
    ...(sticky === true ? ['sticky'] : []),
  ];
  return `${asked}: ${facts.join(', ')}`;
}

const PARTS = ['price', 'quality', 'latency', 'health'] as const satisfies readonly (keyof RouteScore)[];

function candidatesTable(candidates: readonly RouteCandidate[]): string {
  const known = PARTS.filter((part) => candidates.some(({ score }) => score?.[part] !== undefined));
  const scored = candidates.some(({ score }) => score !== undefined);
  return textTable([
    [
      '#',
      'TARGET',
      'TIER',
      ...(scored ? ['SCORE', ...known.map((part) => part.toUpperCase())] : []),
      'COST',
      'BECAUSE',
    ],
    ...candidates.map(({ provider, model, tier, score, estimatedCostNano, because }, index) => [
      String(index + 1),
      `${provider}/${model}`,
      tier ?? '-',
      ...(scored ? [points(score?.total), ...known.map((part) => points(score?.[part]))] : []),
      estimatedCostNano === undefined ? '?' : `$${nanoToUsdString(estimatedCostNano)}`,
      inWords(because),
    ]),
  ]);
}

function excludedTable(excluded: RouteView['excluded']): string {
  return textTable(
    excluded.map(({ provider, model, reason, message }) => [`  ${provider}/${model}`, inWords(reason), message]),
  );
}

function points(part: number | undefined): string {
  return part === undefined ? '-' : part.toFixed(2);
}

function inWords(code: string): string {
  return code.replaceAll('_', ' ');
}
