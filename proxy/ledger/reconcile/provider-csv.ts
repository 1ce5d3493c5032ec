/**
 * A usage export from a provider's console, by day and model. The columns are found by their names: OpenAI (costs and
 * activity), Anthropic (costs and tokens), OpenRouter (activity), or any file with a date, a model and an amount in USD
 * or tokens.
 */
import { toSafeNano } from '../../contract/money.ts';
import { LedgerRefusedError } from '../errors.ts';
import { csvRows } from './csv-rows.ts';
import { modelFamilyName } from './model-name.ts';

export interface ProviderDay {
  /** YYYY-MM-DD in UTC, which the consoles count in. */
  readonly day: string;
  /** Without the date that names a version. */
  readonly model: string;
  lines: number;
  /** Undefined: the file has no such column. */
  costNano: number | undefined;
  /** By how much the amounts may be off, for they are rounded: half of their last digit each. */
  roundingNano: number;
  inputTokens: number | undefined;
  outputTokens: number | undefined;
}

export interface ProviderUsageFile {
  readonly lines: number;
  readonly days: readonly ProviderDay[];
}

/** Column names, in lower case with `_` between words; the first that is there counts. */
const DAY = [
  'usage_date_utc',
  'usage_date',
  'date_utc',
  'date',
  'day',
  'start_time_iso',
  'created_at',
  'start_time',
  'timestamp',
  'time',
];
const MODEL = ['model', 'model_version', 'model_id', 'model_name', 'model_permaslug', 'model_slug', 'line_item'];
const COST = [
  'cost_usd',
  'amount_value',
  'cost_total',
  'total_cost',
  'total_cost_usd',
  'amount_usd',
  'usage_usd',
  'cost',
  'amount',
  'usd',
];
const CURRENCY = ['amount_currency', 'currency'];
/** All columns that are there are added up: input in every bucket, output with reasoning. */
const INPUT = [
  [
    'input_tokens',
    'prompt_tokens',
    'tokens_prompt',
    'n_context_tokens_total',
    'usage_input_tokens_no_cache',
    'uncached_input_tokens',
  ],
  ['usage_input_tokens_cache_write_5m', 'cache_creation_input_tokens'],
  ['usage_input_tokens_cache_write_1h'],
  ['usage_input_tokens_cache_read', 'cache_read_input_tokens'],
] as const;
const OUTPUT = [
  ['output_tokens', 'completion_tokens', 'tokens_completion', 'n_generated_tokens_total', 'usage_output_tokens'],
] as const;

/** Throws LedgerRefusedError `unreadable_csv` that says which line or column is at fault. */
export function readProviderCsv(text: string): ProviderUsageFile {
  const [head, ...rows] = csvRows(text);
  if (head === undefined) throw unreadable('The file is empty.');
  const names = head.map((name) =>
    name
      .trim()
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^_+|_+$/g, ''),
  );
  const find = (wanted: readonly string[]): number | undefined => {
    for (const name of wanted) if (names.includes(name)) return names.indexOf(name);
    return undefined;
  };
  const every = (groups: readonly (readonly string[])[]): number[] =>
    groups.map(find).filter((column) => column !== undefined);
  const [day, model, cost, currency] = [find(DAY), find(MODEL), find(COST), find(CURRENCY)];
  const [input, output] = [every(INPUT), every(OUTPUT)];
  if (day === undefined || model === undefined || (cost === undefined && input.length + output.length === 0)) {
    throw unreadable(
      `The first line has to name a day (such as ${DAY[0]} or date), a model, and a cost in USD or tokens. It has: ${names.join(', ').slice(0, 300)}.`,
    );
  }
  const days = new Map<string, ProviderDay>();
  rows.forEach((row, index) => {
    const line = index + 2;
    const cell = (column: number): string => row[column]?.trim() ?? '';
    if (cell(day) === '' && cell(model) === '') return;
    if (currency !== undefined && !['', 'usd'].includes(cell(currency).toLowerCase()))
      throw unreadable(`Line ${line} is in ${cell(currency)}; only USD can be compared.`);
    const key = { day: dayOf(cell(day), line), model: modelFamilyName(cell(model)) };
    const id = JSON.stringify(key);
    const sums = days.get(id) ?? {
      ...key,
      lines: 0,
      costNano: undefined,
      roundingNano: 0,
      inputTokens: undefined,
      outputTokens: undefined,
    };
    sums.lines += 1;
    if (cost !== undefined) {
      const amount = nanoOf(cell(cost), line);
      sums.costNano = (sums.costNano ?? 0) + amount.nano;
      sums.roundingNano += amount.roundingNano;
    }
    for (const column of input) sums.inputTokens = (sums.inputTokens ?? 0) + tokensOf(cell(column), line);
    for (const column of output) sums.outputTokens = (sums.outputTokens ?? 0) + tokensOf(cell(column), line);
    days.set(id, sums);
  });
  return { lines: rows.length, days: [...days.values()] };
}

/** `2026-11-20`, `2026-11-20T00:00:00Z`, `11/20/2026` is refused (it could be another day), or seconds since 1970. */
function dayOf(text: string, line: number): string {
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(text);
  const seconds = /^\d{9,10}$/.test(text) ? Number(text) : undefined;
  const atMs = seconds === undefined ? Date.parse(iso?.[1] ?? '') : seconds * 1000;
  if (Number.isNaN(atMs)) throw unreadable(`Line ${line} has no day like 2026-11-20 but "${text.slice(0, 40)}".`);
  return new Date(atMs).toISOString().slice(0, 10);
}

/** USD with any number of decimals, exactly: nothing goes through a float. */
function nanoOf(text: string, line: number): { nano: number; roundingNano: number } {
  const plain = text.replace(/^\$/, '');
  if (plain === '') return { nano: 0, roundingNano: 0 };
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,2}))?$/.exec(plain);
  if (parts === null) throw unreadable(`Line ${line} has no amount in USD but "${text.slice(0, 40)}".`);
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = parts;
  const shift = 9 + Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  const nano = shift >= 0 ? digits * 10n ** BigInt(shift) : divideRoundingHalfUp(digits, 10n ** BigInt(-shift));
  const lastDigitNano = shift > 0 ? 10 ** shift : 1;
  return { nano: toSafeNano(sign === '-' ? -nano : nano), roundingNano: Math.ceil(lastDigitNano / 2) };
}

function divideRoundingHalfUp(dividend: bigint, divisor: bigint): bigint {
  return (2n * dividend + divisor) / (2n * divisor);
}

function tokensOf(text: string, line: number): number {
  if (text === '') return 0;
  const tokens = Number(text);
  if (Number.isSafeInteger(tokens) && tokens >= 0) return tokens;
  throw unreadable(`Line ${line} has no number of tokens but "${text.slice(0, 40)}".`);
}

function unreadable(message: string): LedgerRefusedError {
  return new LedgerRefusedError('unreadable_csv', `${message} Nothing was compared.`);
}
