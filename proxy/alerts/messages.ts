/** What is said of each event. Names, amounts and instants only: nothing of a call's content can get here. */
import { NANO_PER_USD, nanoToUsdString } from '../contract/money.ts';
import type { BudgetView } from '../contract/views.ts';
import type { AlertInput } from './types.ts';

const WINDOW_WORDS: Record<BudgetView['window'], string> = {
  hour: 'hourly',
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  total: 'total',
};

/** A threshold of a budget. */
export function budgetReached(budget: BudgetView, thresholdPpm: number): AlertInput {
  const percent = thresholdPpm / 10_000;
  const full = budget.spentNano >= budget.limitNano;
  return {
    event: 'budget',
    severity: full ? 'critical' : percent >= 80 ? 'warning' : 'info',
    title: `Budget "${budget.id}": ${percent} % used`,
    message: `${usdText(budget.spentNano)} of the ${WINDOW_WORDS[budget.window]} ${usdText(budget.limitNano)} (${budget.scope}) is spent. ${
      full ? 'No more calls fit under it.' : `${usdText(budget.leftNano)} is left.`
    } ${resetWords(budget)}`,
    facts: { ...budgetFacts(budget), percent },
    budget: budget.id,
    subject: `${windowSubject(budget)}:${thresholdPpm}:${budget.limitNano}`,
  };
}

/** A call was refused because it did not fit. Told once in a window: the refusal itself tells the client each time. */
export function budgetBlocked(budget: BudgetView): AlertInput {
  return {
    event: 'budget',
    severity: 'critical',
    title: `Budget "${budget.id}": a call was refused`,
    message: `A call could have cost more than the ${usdText(budget.leftNano)} that is left of the ${WINDOW_WORDS[budget.window]} ${usdText(budget.limitNano)} (${budget.scope}). ${resetWords(budget)} Raise the budget in Gatehouse to go on now.`,
    facts: budgetFacts(budget),
    budget: budget.id,
    subject: `${windowSubject(budget)}:blocked:${budget.limitNano}`,
  };
}

function budgetFacts(budget: BudgetView): Record<string, string | number> {
  return {
    budget: budget.id,
    scope: budget.scope,
    window: budget.window,
    windowStartMs: budget.windowStartMs,
    limitNano: budget.limitNano,
    spentNano: budget.spentNano,
    heldNano: budget.heldNano,
    leftNano: budget.leftNano,
    ...(budget.resetsAtMs === undefined ? {} : { resetsAtMs: budget.resetsAtMs }),
  };
}

const windowSubject = ({ id, window, windowStartMs }: BudgetView) => `${id}:${window}:${windowStartMs}`;

function resetWords({ resetsAtMs }: BudgetView): string {
  return resetsAtMs === undefined ? 'It never resets.' : `It resets at ${new Date(resetsAtMs).toISOString()}.`;
}

/** `code`: of the error catalogue, e.g. upstream_connect_failed. */
export function providerDown(provider: string, code: string | undefined): AlertInput {
  return {
    event: 'provider_down',
    severity: 'warning',
    title: `Provider "${provider}" is down`,
    message: `Calls to "${provider}" keep failing${code === undefined ? '' : ` (${code})`}. Gatehouse sends them elsewhere where a fallback is set, and tries again by itself.`,
    facts: { provider, ...(code === undefined ? {} : { code }) },
    provider,
    subject: provider,
  };
}

export function providerRecovered(provider: string): AlertInput {
  return {
    event: 'provider_recovered',
    severity: 'info',
    title: `Provider "${provider}" answers again`,
    message: `Calls to "${provider}" succeed again.`,
    facts: { provider },
    provider,
    subject: provider,
  };
}

/** `status`: what the provider answered, 401 or 403 mostly. */
export function credentialRefused(provider: string, status: number | undefined): AlertInput {
  return {
    event: 'credential_refused',
    severity: 'critical',
    title: `Provider "${provider}" refuses its key`,
    message: `"${provider}" does not accept the key that Gatehouse holds for it${status === undefined ? '' : ` (status ${status})`}. Enter a valid one under Providers.`,
    facts: { provider, ...(status === undefined ? {} : { status }) },
    provider,
    subject: provider,
  };
}

export interface LoopSeen {
  readonly key?: string;
  readonly project?: string;
  readonly client?: string;
  /** The guard's own words, such as `12 near-identical calls in 120 s`. Never content. */
  readonly reason: string;
}

export function loopDetected({ key, project, client, reason }: LoopSeen): AlertInput {
  const who = key === undefined ? 'A client' : `The access key "${key}"`;
  return {
    event: 'loop',
    severity: 'warning',
    title: 'A loop was stopped',
    message: `${who} seems to go round in circles: ${reason}. Its calls are refused with 429 loop_detected until it changes what it sends.`,
    facts: {
      reason,
      ...(key === undefined ? {} : { key }),
      ...(project === undefined ? {} : { project }),
      ...(client === undefined ? {} : { client }),
    },
    ...(key === undefined ? {} : { key }),
    subject: JSON.stringify([key, project, client]),
  };
}

/** `driftNano`: how far the books are off where that is an amount; `problems`: how many rows or sums do not agree. */
export function ledgerDrift(drift: { problems: number; driftNano?: number; kind: string }): AlertInput {
  const { problems, driftNano, kind } = drift;
  return {
    event: 'ledger_drift',
    severity: 'critical',
    title: 'The books do not balance',
    message: `The check found ${problems} ${problems === 1 ? 'difference' : 'differences'} (${kind})${driftNano === undefined ? '' : `, ${usdText(driftNano)} together`}. The Ledger page shows the entries that cause it; nothing was changed.`,
    facts: { problems, kind, ...(driftNano === undefined ? {} : { driftNano }) },
    subject: kind,
  };
}

export function lowBalance(balanceNano: number, thresholdNano: number): AlertInput {
  return {
    event: 'low_balance',
    severity: balanceNano <= 0 ? 'critical' : 'warning',
    title: 'The wallet runs low',
    message: `${usdText(balanceNano)} is left, less than the ${usdText(thresholdNano)} you asked to be told at. ${balanceNano <= 0 ? 'Calls are refused until you add to it.' : 'Add to it under Wallet before calls are refused.'}`,
    facts: { balanceNano, thresholdNano },
    subject: 'wallet',
  };
}

export function testAlert(): AlertInput {
  return {
    event: 'test',
    severity: 'info',
    title: 'Test from Gatehouse',
    message: 'You asked for this test from the Activity page. Nothing is wrong.',
    subject: 'test',
  };
}

/** Cents for people; every digit where cents would say nothing. */
export function usdText(nano: number): string {
  const small = nano !== 0 && Math.abs(nano) < NANO_PER_USD / 10;
  const text = small ? nanoToUsdString(Math.abs(nano)) : Math.abs(nano / NANO_PER_USD).toFixed(2);
  return `${nano < 0 ? '-' : ''}$${text}`;
}
