/** The sums that are kept by the hour, what one request adds to them, and how they are shown. */
import type { UsageFigures } from '../../contract/usage.ts';
import type { RequestRow } from '../request-row.ts';
import { Histogram, keyOf } from './histogram.ts';

/** Column and field, in the table's order. */
export const SUMS = [
  ['requests', 'requests'],
  ['failed', 'failed'],
  ['refused', 'refused'],
  ['aborted', 'aborted'],
  ['input_tokens', 'inputTokens'],
  ['cache_read_tokens', 'cacheReadTokens'],
  ['cache_write_tokens', 'cacheWriteTokens'],
  ['output_tokens', 'outputTokens'],
  ['reasoning_tokens', 'reasoningTokens'],
  ['cost_nano', 'costNano'],
  ['fee_nano', 'feeNano'],
  ['charged_nano', 'chargedNano'],
  ['unknown_costs', 'unknownCosts'],
  ['saved_nano', 'savedNano'],
  ['compared', 'compared'],
] as const satisfies readonly (readonly [string, keyof UsageFigures])[];

export type SumField = (typeof SUMS)[number][1];

/** What a request adds, in the order of SUMS. Counts that nobody reported add nothing. */
export function addends(row: RequestRow): number[] {
  const { state, costNano, askedCostNano } = row;
  const compared = costNano !== null && askedCostNano !== null && row.certainty !== 'unknown';
  return [
    1,
    state === 'failed' ? 1 : 0,
    state === 'refused' ? 1 : 0,
    state === 'aborted' ? 1 : 0,
    row.inputTokens ?? 0,
    row.cacheReadTokens ?? 0,
    (row.cacheWriteTokens ?? 0) + (row.cacheWrite1hTokens ?? 0),
    row.outputTokens ?? 0,
    row.reasoningTokens ?? 0,
    costNano ?? 0,
    row.feeNano ?? 0,
    row.chargedNano ?? (costNano ?? 0) + (row.feeNano ?? 0),
    row.certainty === 'unknown' ? 1 : 0,
    compared ? askedCostNano - costNano : 0,
    compared ? 1 : 0,
  ];
}

/** Only of requests that went well: a refusal in a millisecond says nothing of how fast a model is. Keys rise. */
export function latencyKeys({ state, durationMs, firstTokenMs }: RequestRow): number[] {
  if (state !== 'settled') return [];
  return [
    ...(durationMs === null ? [] : [keyOf('latency', durationMs)]),
    ...(firstTokenMs === null ? [] : [keyOf('firstToken', firstTokenMs)]),
  ];
}

export type Sums = Record<SumField, number>;

/** Sums and latencies that can be added up further. */
export interface Cell {
  readonly sums: Readonly<Sums>;
  readonly latencies: Buffer;
}

export class Tally {
  readonly #sums: Sums = emptySums();
  readonly #histogram = new Histogram();

  add({ sums, latencies }: Cell): void {
    for (const [, field] of SUMS) this.#sums[field] += sums[field];
    this.#histogram.add(latencies);
  }

  get requests(): number {
    return this.#sums.requests;
  }

  get chargedNano(): number {
    return this.#sums.chargedNano;
  }

  /** Throws RangeError when a sum is larger than a whole number can be kept exactly. */
  figures(): UsageFigures {
    for (const [, field] of SUMS) {
      if (!Number.isSafeInteger(this.#sums[field]))
        throw new RangeError(`the sum of ${field} over this period is too large; ask for a shorter one`);
    }
    const latencyMs = this.#histogram.percentiles('latency');
    const firstTokenMs = this.#histogram.percentiles('firstToken');
    return {
      ...this.#sums,
      ...(latencyMs === undefined ? {} : { latencyMs }),
      ...(firstTokenMs === undefined ? {} : { firstTokenMs }),
    };
  }
}

function emptySums(): Sums {
  return {
    requests: 0,
    failed: 0,
    refused: 0,
    aborted: 0,
    inputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 0,
    reasoningTokens: 0,
    costNano: 0,
    feeNano: 0,
    chargedNano: 0,
    unknownCosts: 0,
    savedNano: 0,
    compared: 0,
  };
}
