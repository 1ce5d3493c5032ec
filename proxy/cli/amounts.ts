/** What a person types for money and time. Strict: a slip must not become another amount. */
import { InvalidArgumentError } from 'commander';
import { RUN_BUDGET_USD_MAX, RUN_TTL_MS_MAX, RUN_TTL_MS_MIN } from '../contract/runs.ts';

/** `2`, `0.50` or `$2`: more than 0, nano-dollars at the finest. No exponent, no comma, no other currency. */
export function parseBudgetUsd(text: string): number {
  const amount = /^\$?((?:0|[1-9]\d{0,6})(?:\.\d{1,9})?)$/.exec(text)?.[1];
  const usd = Number(amount);
  if (amount === undefined || !(usd > 0) || usd > RUN_BUDGET_USD_MAX) {
    throw new InvalidArgumentError(
      `Write an amount in USD, such as 2, 0.50 or $2 (at most ${RUN_BUDGET_USD_MAX}; a shell wants '$2' in quotes).`,
    );
  }
  return usd;
}

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof UNIT_MS;

/** `90s`, `30m`, `2h` or `1d`, in milliseconds. */
export function parseTtlMs(text: string): number {
  const [, count, unit] = /^([1-9]\d{0,6})([smhd])$/.exec(text) ?? [];
  const ttlMs = isUnit(unit) ? Number(count) * UNIT_MS[unit] : Number.NaN;
  if (!(ttlMs >= RUN_TTL_MS_MIN && ttlMs <= RUN_TTL_MS_MAX)) {
    throw new InvalidArgumentError('Write a time as 90s, 30m, 2h or 1d (7d at most).');
  }
  return ttlMs;
}

function isUnit(unit: string | undefined): unit is Unit {
  return unit !== undefined && unit in UNIT_MS;
}
