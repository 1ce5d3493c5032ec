/** Which requests the page shows, as a person chooses them. Pure. */
import type { RequestFilter } from '../../../../proxy/contract/request-filter.ts';
import type { UsageDimension, UsageFilters } from '../../../../proxy/contract/usage.ts';
import type { RequestView } from '../../contract-views.ts';
import { type NamedPeriod, periodOf } from '../../usage/periods.ts';

export type StateChoice = 'every' | 'running' | 'settled' | 'problems' | 'stopped';
export type PeriodChoice = 'any' | NamedPeriod;

export interface RequestsChoice {
  readonly period: PeriodChoice;
  readonly state: StateChoice;
  readonly filters: UsageFilters;
}

export const EVERY_REQUEST: RequestsChoice = { period: 'any', state: 'every', filters: {} };

type RequestState = RequestView['state'];

const STATES: Record<Exclude<StateChoice, 'every'>, readonly [RequestState, ...RequestState[]]> = {
  running: ['running', 'streaming'],
  settled: ['settled'],
  problems: ['failed', 'refused'],
  stopped: ['aborted'],
};

/** Undefined: nothing is narrowed. */
export function filterOf(choice: RequestsChoice, nowMs: number, timeZone: string): RequestFilter | undefined {
  if (isEvery(choice)) return undefined;
  const { period, state, filters } = choice;
  const span = period === 'any' ? undefined : periodOf({ kind: period }, nowMs, timeZone);
  return {
    ...(Object.keys(filters).length === 0 ? {} : { filters }),
    ...(state === 'every' ? {} : { states: [...STATES[state]] }),
    ...(span === undefined ? {} : { fromMs: span.fromMs, toMs: span.toMs }),
  };
}

export function isEvery({ period, state, filters }: RequestsChoice): boolean {
  return period === 'any' && state === 'every' && Object.keys(filters).length === 0;
}

const VALUES: Record<UsageDimension, (request: RequestView) => string | undefined> = {
  modelAsked: ({ modelAsked }) => modelAsked,
  modelServed: ({ modelServed }) => modelServed,
  provider: ({ provider }) => provider,
  accessKey: ({ accessKeyId }) => accessKeyId,
  project: ({ project }) => project,
  client: ({ client }) => client,
  process: ({ process }) => process,
  mode: ({ mode }) => mode,
  split: ({ split }) => split?.name,
  arm: ({ split }) => split?.arm,
  errorCode: ({ errorCode }) => errorCode,
};

/** Whether the gateway would list it, as far as the window knows it. */
export function fitsFilter(
  { filters = {}, states, fromMs = 0, toMs = Number.POSITIVE_INFINITY }: RequestFilter,
  request: RequestView,
): boolean {
  if (request.startedAtMs < fromMs || request.startedAtMs >= toMs) return false;
  if (states !== undefined && !states.includes(request.state)) return false;
  return Object.entries(filters).every(([dimension, values]) =>
    values.includes(VALUES[dimension as UsageDimension](request) ?? null),
  );
}
