/** The columns of the breakdown, in three sets that fit a small window. What nobody knows has no value. */
import type { ReactNode } from 'react';
import type { UsageFigures } from '../../../../proxy/contract/usage.ts';
import { Money } from '../../components/Money.tsx';
import { formatDuration } from '../../format/duration.ts';
import { formatCount } from '../../format/tokens.ts';
import { knownCost, knownFee, knownSaving, problemsOf, problemWords } from '../../usage/figures.ts';

export type ColumnSet = 'money' | 'tokens' | 'speed';

export interface Column {
  readonly id: string;
  readonly name: string;
  /** What it sorts by; undefined stands last. */
  readonly value: (figures: UsageFigures) => number | undefined;
  readonly show: (figures: UsageFigures) => ReactNode;
  /** The whole name, where the short one needs it. */
  readonly title?: string;
}

export const COLUMN_SETS: readonly { readonly value: ColumnSet; readonly label: string }[] = [
  { value: 'money', label: 'Money' },
  { value: 'tokens', label: 'Tokens' },
  { value: 'speed', label: 'Speed' },
];

const requests = count('requests', 'Requests', ({ requests }) => requests);

const problems: Column = {
  id: 'problems',
  name: 'Problems',
  title: 'Failed at a provider, refused by Gatehouse, or stopped on the way',
  value: problemsOf,
  show: (figures) => <span title={problemWords(figures)}>{formatCount(problemsOf(figures))}</span>,
};

const cost: Column = {
  id: 'cost',
  name: 'Cost',
  title: 'What the providers charge',
  value: knownCost,
  show: (figures) => (
    <>
      <Money nano={knownCost(figures)} />
      {figures.unknownCosts > 0 && knownCost(figures) !== undefined && (
        <span className="muted"> + {formatCount(figures.unknownCosts)} unknown</span>
      )}
    </>
  ),
};

export const COLUMNS: Readonly<Record<ColumnSet, readonly Column[]>> = {
  money: [
    requests,
    problems,
    cost,
    money('fee', 'Fee', knownFee),
    money('charged', 'Spent', ({ chargedNano }) => chargedNano, 'What the ledger charged: cost and fee'),
    money('saved', 'Saved', knownSaving, 'What the models asked for would have cost more'),
  ],
  tokens: [
    requests,
    count('input', 'Input', ({ inputTokens }) => inputTokens, 'Read afresh'),
    count('cacheRead', 'Cache read', ({ cacheReadTokens }) => cacheReadTokens),
    count('cacheWrite', 'Cache write', ({ cacheWriteTokens }) => cacheWriteTokens),
    count('output', 'Output', ({ outputTokens }) => outputTokens),
    count('reasoning', 'Reasoning', ({ reasoningTokens }) => reasoningTokens),
  ],
  speed: [
    requests,
    duration('p50', 'Time p50', ({ latencyMs }) => latencyMs?.p50, 'Half of the requests were faster'),
    duration('p95', 'p95', ({ latencyMs }) => latencyMs?.p95, '95 of 100 requests were faster'),
    duration('p99', 'p99', ({ latencyMs }) => latencyMs?.p99, '99 of 100 requests were faster'),
    duration(
      'first50',
      'First token p50',
      ({ firstTokenMs }) => firstTokenMs?.p50,
      'Half had their first token sooner',
    ),
    duration('first95', 'p95', ({ firstTokenMs }) => firstTokenMs?.p95, '95 of 100 had their first token sooner'),
    duration('first99', 'p99', ({ firstTokenMs }) => firstTokenMs?.p99, '99 of 100 had their first token sooner'),
  ],
};

function count(id: string, name: string, value: (figures: UsageFigures) => number, title?: string): Column {
  return { id, name, value, show: (figures) => formatCount(value(figures)), ...(title === undefined ? {} : { title }) };
}

function money(id: string, name: string, value: Column['value'], title?: string): Column {
  return {
    id,
    name,
    value,
    show: (figures) => <Money nano={value(figures)} />,
    ...(title === undefined ? {} : { title }),
  };
}

function duration(id: string, name: string, value: Column['value'], title: string): Column {
  return {
    id,
    name,
    value,
    title,
    show: (figures) => (
      <span className={value(figures) === undefined ? 'muted' : undefined}>{formatDuration(value(figures))}</span>
    ),
  };
}
