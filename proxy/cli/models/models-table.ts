/** Models as a table for a terminal. What is not known says so. */
import type { ModelView } from '../../contract/views.ts';
import { textTable } from '../text-table.ts';

const UNKNOWN = 'unknown';
const COUNT = new Intl.NumberFormat('en-US');

/** Prices in USD per million tokens. */
export function modelsTable(models: readonly ModelView[]): string {
  const numbers = ['CONTEXT', 'MAX OUTPUT', 'INPUT', 'OUTPUT', 'CACHE READ'];
  const rows = models.map((model) => ({
    id: model.id,
    numbers: [
      count(model.contextTokens),
      model.purpose === 'embedding' ? '-' : count(model.maxOutputTokens),
      usd(model.inputUsdPerMTok),
      model.purpose === 'embedding' ? '-' : usd(model.outputUsdPerMTok),
      model.purpose === 'embedding' ? '-' : usd(model.cacheReadUsdPerMTok),
    ],
    can: capabilities(model),
  }));
  const widths = numbers.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row.numbers[column]?.length ?? 0)),
  );
  const right = (cells: readonly string[]) => cells.map((cell, column) => cell.padStart(widths[column] ?? 0));
  return textTable([
    ['MODEL', ...right(numbers), 'CAN'],
    ...rows.map((row) => [row.id, ...right(row.numbers), row.can]),
  ]);
}

/** `tools, reasoning, image; unknown: json` */
export function capabilities(model: ModelView): string {
  if (model.purpose === 'embedding') return 'embedding';
  const flags = [
    ['tools', model.tools],
    ['reasoning', model.reasoning],
    ['json', model.structuredOutput],
  ] as const;
  const reads = model.inputModalities?.filter((modality) => modality !== 'text');
  const draws = model.outputModalities?.includes('image') === true ? ['draws'] : [];
  const can = [...flags.filter(([, yes]) => yes === true).map(([name]) => name), ...(reads ?? []), ...draws];
  const open = [
    ...flags.filter(([, yes]) => yes === undefined).map(([name]) => name),
    ...(reads === undefined ? ['images'] : []),
  ];
  if (open.length === flags.length + 1 && can.length === 0) return UNKNOWN;
  return [can.join(', ') || 'text', ...(open.length === 0 ? [] : [`${UNKNOWN}: ${open.join(', ')}`])].join('; ');
}

function count(tokens: number | undefined): string {
  return tokens === undefined ? UNKNOWN : COUNT.format(tokens);
}

function usd(amount: number | undefined): string {
  if (amount === undefined) return UNKNOWN;
  return amount === 0 ? 'free' : `$${amount.toFixed(Math.max(2, decimalsOf(amount)))}`;
}

function decimalsOf(amount: number): number {
  const [, fraction = ''] = amount.toFixed(6).replace(/0+$/, '').split('.');
  return fraction.length;
}
