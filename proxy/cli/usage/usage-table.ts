/** A usage summary as a table for a terminal. */
import { nanoToUsdString } from '../../contract/money.ts';
import type { UsageFigures, UsageSummary } from '../../contract/usage.ts';
import { dateIn } from '../../usage/zoned-date.ts';
import { textTable } from '../text-table.ts';

export type GroupName = keyof UsageSummary['groups'][number]['key'];

const TITLES = ['REQUESTS', 'NOT OK', 'INPUT', 'OUTPUT', 'COST', 'FEE', 'CHARGED', 'SAVED', 'P50', 'P95'];
const COUNT = new Intl.NumberFormat('en-US');
const CENTS_SHOWN = 4;

/** Amounts in USD, rounded to four decimals for the eye; --json and exports have them exactly. */
export function usageTable({ groups, total }: UsageSummary, groupBy: readonly GroupName[], timeZone: string): string {
  const rows = [
    ...groups.map(({ key, figures }) => ({
      names: groupBy.map((name) => nameOf(name, key[name] ?? null, timeZone)),
      cells: cellsOf(figures),
    })),
    { names: groupBy.map((_, index) => (index === 0 ? 'total' : '')), cells: cellsOf(total) },
  ];
  const widths = TITLES.map((title, column) =>
    Math.max(title.length, ...rows.map(({ cells }) => cells[column]?.length ?? 0)),
  );
  const right = (cells: readonly string[]) => cells.map((cell, column) => cell.padStart(widths[column] ?? 0));
  return textTable([
    [...groupBy.map((name) => name.toUpperCase()), ...right(TITLES)],
    ...rows.map(({ names, cells }) => [...names, ...right(cells)]),
  ]);
}

function cellsOf(figures: UsageFigures): string[] {
  const { requests, failed, refused, aborted, latencyMs, savedNano, compared } = figures;
  return [
    COUNT.format(requests),
    COUNT.format(failed + refused + aborted),
    COUNT.format(figures.inputTokens + figures.cacheReadTokens + figures.cacheWriteTokens),
    COUNT.format(figures.outputTokens + figures.reasoningTokens),
    usd(figures.costNano),
    usd(figures.feeNano),
    usd(figures.chargedNano),
    compared === 0 ? '-' : usd(savedNano),
    duration(latencyMs?.p50),
    duration(latencyMs?.p95),
  ];
}

function nameOf(name: GroupName, value: string | number | null, timeZone: string): string {
  if (value === null) return '-';
  if (typeof value === 'string') return printable(value);
  if (name === 'day') return dateIn(timeZone, value);
  return new Date(value).toISOString().slice(0, 16).replace('T', ' ');
}

/** Clients choose their own names: no control character reaches the terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, '?').slice(0, 60);
}

function usd(nano: number): string {
  const [whole = '0', fraction = ''] = nanoToUsdString(roundedNano(nano)).split('.');
  return `${whole}.${fraction.padEnd(CENTS_SHOWN, '0')}`;
}

const NANO_PER_STEP = 10 ** (9 - CENTS_SHOWN);

function roundedNano(nano: number): number {
  return Math.round(nano / NANO_PER_STEP) * NANO_PER_STEP;
}

function duration(ms: number | undefined): string {
  if (ms === undefined) return '-';
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
