/** Random requests of every kind, and what they come to when each is added up by hand. */
import type { UsageDimension } from '../../proxy/contract/usage.ts';
import type { RequestView } from '../../proxy/contract/views.ts';

/** A number from 0 up to 1. */
export type Random = () => number;

export function randomRequest(random: Random, number: number, startedAtMs: number): RequestView {
  const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
  const whole = (max: number) => Math.floor(random() * max);
  const state = pick(['settled', 'settled', 'settled', 'failed', 'refused', 'aborted'] as const) ?? 'settled';
  const certainty = pick(['exact', 'estimated', 'unknown', undefined] as const);
  const costNano = certainty === 'unknown' || certainty === undefined ? undefined : whole(1_000_000_000);
  const feeNano = costNano === undefined ? undefined : Math.ceil(costNano / 10);
  const chargedNano = certainty === 'unknown' ? whole(5_000_000) : undefined;
  const known: Partial<RequestView> = {
    modelAsked: pick(['auto', 'gpt-4o', '=cmd()', undefined]),
    modelServed: pick(['openai/gpt-4o', 'groq/llama', undefined]),
    provider: pick(['openai', 'groq', undefined]),
    accessKeyId: pick(['cli', 'editor']),
    project: pick(['acme', 'zoo', undefined]),
    client: pick(['codex', 'claude-cli/1.0', undefined]),
    process: pick(['node', undefined]),
    mode: pick(['cheap', 'quality', undefined] as const),
    split: pick([{ name: 'ab', arm: 'a' }, { name: 'ab', arm: 'b' }, undefined]),
    errorCode: state === 'settled' ? undefined : pick(['upstream_cut', 'budget_exceeded']),
    usage: pick([
      undefined,
      { inputTokens: whole(9_999), outputTokens: whole(999) },
      { cacheReadTokens: 5, cacheWrite1hTokens: 7, cacheWriteTokens: 1 },
    ]),
    askedCostNano: pick([undefined, whole(2_000_000_000)]),
    firstTokenMs: pick([undefined, random() * 900]),
    durationMs: pick([undefined, 10 ** (random() * 6)]),
    certainty,
    costNano,
    feeNano,
    chargedNano,
  };
  return {
    id: `req_${String(number).padStart(25, '0')}`,
    startedAtMs,
    state,
    protocol: 'openai-chat',
    stream: random() < 0.5,
    attempts: whole(3),
    configVersion: 1,
    ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)),
  };
}

export function dimensionOf(request: RequestView, dimension: UsageDimension): string | null {
  switch (dimension) {
    case 'accessKey':
      return request.accessKeyId ?? null;
    case 'split':
      return request.split?.name ?? null;
    case 'arm':
      return request.split?.arm ?? null;
    default:
      return request[dimension] ?? null;
  }
}

/** By nearest rank, from the values themselves. */
export function exactPercentile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1];
}

/** The sums that the report must give, worked out request by request. */
export function sumsByHand(requests: readonly RequestView[]) {
  const add = (value: (request: RequestView) => number | undefined) =>
    requests.reduce((sum, request) => sum + (value(request) ?? 0), 0);
  const compared = requests.filter(
    ({ certainty, costNano, askedCostNano }) =>
      certainty !== 'unknown' && costNano !== undefined && askedCostNano !== undefined,
  );
  return {
    requests: requests.length,
    failed: add(({ state }) => Number(state === 'failed')),
    refused: add(({ state }) => Number(state === 'refused')),
    aborted: add(({ state }) => Number(state === 'aborted')),
    inputTokens: add(({ usage }) => usage?.inputTokens),
    cacheReadTokens: add(({ usage }) => usage?.cacheReadTokens),
    cacheWriteTokens: add(({ usage }) => (usage?.cacheWriteTokens ?? 0) + (usage?.cacheWrite1hTokens ?? 0)),
    outputTokens: add(({ usage }) => usage?.outputTokens),
    reasoningTokens: add(({ usage }) => usage?.reasoningTokens),
    costNano: add(({ costNano }) => costNano),
    feeNano: add(({ feeNano }) => feeNano),
    chargedNano: add(({ costNano, feeNano, chargedNano }) => chargedNano ?? (costNano ?? 0) + (feeNano ?? 0)),
    unknownCosts: add(({ certainty }) => Number(certainty === 'unknown')),
    savedNano: compared.reduce((sum, { askedCostNano, costNano }) => sum + (askedCostNano ?? 0) - (costNano ?? 0), 0),
    compared: compared.length,
  };
}
