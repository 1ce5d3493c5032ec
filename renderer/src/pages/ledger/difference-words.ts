/** What reconciliation found, in words. Pure. */
import type { LedgerDifference, ReconciliationReport } from '../../../../proxy/contract/ledger-desk.ts';
import { formatNano } from '../../format/money.ts';
import { formatCount } from '../../format/tokens.ts';

const NAMES: Record<string, string> = {
  hold_overdue: 'A hold is past its deadline',
  hold_without_owner: 'A hold belongs to no running call',
  hold_missing: 'A hold is missing',
  hold_orphaned: 'A hold has no reserve',
  hold_resolved_twice: 'A hold was resolved twice',
  request_without_record: 'A request has no record',
  record_differs: 'A record differs from the ledger',
  provider_cost_differs: 'The provider says another cost',
  provider_usage_differs: 'The bill differs from the ledger',
  hash_chain_broken: 'The hash chain is broken',
  entry_missing: 'An entry is missing',
  window_drift: 'The sum of a window is off',
  window_misplaced: 'A window is in the wrong place',
  wallet_drift: 'The wallet is off',
  balance_drift: 'The balance is off',
};

/** Kinds of later gateways are shown as they are called. */
export function differenceName(kind: string): string {
  const known = Object.hasOwn(NAMES, kind) ? NAMES[kind] : undefined;
  if (known !== undefined) return known;
  const words = kind.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What still does not agree: a run that wrote corrections settled all that had one. */
export function openDifferences({ differences, corrected }: ReconciliationReport): readonly LedgerDifference[] {
  return corrected.length === 0 ? differences : differences.filter(({ correction }) => correction === undefined);
}

/** `2 differences, $0.42 in all`; the amount is left out where nothing has one. */
export function openWords(report: ReconciliationReport, locale?: string): string {
  const open = openDifferences(report);
  const count = open.length + report.unlisted;
  const driftNano =
    open.length === report.differences.length
      ? report.driftNano
      : open.reduce((sum, difference) => sum + Math.abs(difference.driftNano ?? 0), 0);
  const counted = `${formatCount(count, locale)} ${count === 1 ? 'difference' : 'differences'}`;
  return driftNano === 0 ? counted : `${counted}, ${formatNano(driftNano, locale)} in all`;
}

/** What was held against what. */
export function checkedWords({ checked }: ReconciliationReport, locale?: string): string {
  const { entries, holds, requests, providerCosts, providerLines } = checked;
  const count = (n: number, one: string, many: string) => `${formatCount(n, locale)} ${n === 1 ? one : many}`;
  return [
    count(entries, 'entry', 'entries'),
    count(holds, 'open hold', 'open holds'),
    count(requests, 'record', 'records'),
    ...(providerCosts > 0 ? [count(providerCosts, 'cost told by a provider', 'costs told by providers')] : []),
    ...(providerLines > 0 ? [count(providerLines, 'line of a bill', 'lines of a bill')] : []),
  ].join(', ');
}

/** Entries as the table numbers them. */
export function seqWords(seqs: readonly number[], shownMax = 12): string {
  const shown = seqs
    .slice(0, shownMax)
    .map((seq) => `#${seq}`)
    .join(', ');
  const more = seqs.length - Math.min(seqs.length, shownMax);
  return more === 0 ? shown : `${shown} and ${more} more`;
}

/** Those that a correction can settle now; what a bill says only while the bill is at hand. */
export function correctable(report: ReconciliationReport, billAtHand: boolean): readonly LedgerDifference[] {
  if (report.corrected.length > 0) return [];
  return report.differences.filter(
    ({ kind, correction }) => correction !== undefined && (billAtHand || kind !== 'provider_usage_differs'),
  );
}

/** What a correction is about, short enough for a row. */
export function correctionSubject({ provider, model, day, requestId }: LedgerDifference): string {
  const what = [provider, model].filter((part) => part !== undefined).join(' · ');
  if (day !== undefined) return `${what}, ${day} (UTC)`;
  return requestId === undefined ? what : `${what}, request …${requestId.slice(-8)}`;
}
