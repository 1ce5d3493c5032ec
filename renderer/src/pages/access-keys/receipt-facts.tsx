import type { RunReceipt } from '../../../../proxy/contract/runs.ts';
import type { Fact } from '../../components/Facts.tsx';
import { Money } from '../../components/Money.tsx';
import { formatNano } from '../../format/money.ts';
import { formatInstant } from '../../format/time.ts';
import { formatCount, tokensRead, tokensWritten } from '../../format/tokens.ts';

/** The receipt as names and values: what was called, what it cost and how sure that is, what is left. */
export function receiptFacts(receipt: RunReceipt): readonly Fact[] {
  const { budget, usage, calls, attempts, refused, models, openHolds } = receipt;
  const sums = [
    { name: 'estimated', nano: receipt.estimatedNano },
    { name: 'of unknown cost', nano: receipt.unknownNano },
    { name: 'fee', nano: receipt.feeNano },
    { name: 'corrected', nano: receipt.correctedNano },
  ].filter(({ nano }) => nano !== 0);
  return [
    { name: 'State', value: stateWords(receipt) },
    {
      name: 'Charged',
      value: (
        <>
          <Money nano={receipt.chargedNano} />
          {sums.length > 0 && (
            <span className="muted"> ({sums.map(({ name, nano }) => `${formatNano(nano)} ${name}`).join(', ')})</span>
          )}
        </>
      ),
    },
    {
      name: 'Left',
      value: (
        <>
          <Money nano={budget.leftNano} /> of {formatNano(budget.limitNano)}
        </>
      ),
    },
    {
      name: 'Calls',
      value: attempts > calls ? `${formatCount(calls)}, in ${formatCount(attempts)} tries` : formatCount(calls),
    },
    ...(openHolds > 0 ? [{ name: 'Running', value: `${formatCount(openHolds)}, not charged yet` }] : []),
    ...(refused.length > 0
      ? [
          {
            name: 'Refused',
            value: refused.map(({ code, calls: times }) => `${formatCount(times)} × ${code}`).join(', '),
          },
        ]
      : []),
    ...(calls > 0
      ? [
          {
            name: 'Tokens',
            value: `${formatCount(tokensRead(usage))} read, ${formatCount(tokensWritten(usage))} written`,
          },
        ]
      : []),
    ...(models.length > 0 ? [{ name: 'Models', value: <ModelsServed models={models} /> }] : []),
  ];
}

function stateWords({ endedAtMs, expiresAtMs }: RunReceipt): string {
  if (endedAtMs !== undefined) return `Ended ${formatInstant(endedAtMs)}`;
  return expiresAtMs === undefined ? 'Running' : `Running, until ${formatInstant(expiresAtMs)} at the latest`;
}

function ModelsServed({ models }: { readonly models: RunReceipt['models'] }) {
  return (
    <ul style={{ padding: 0, margin: 0, listStyle: 'none' }}>
      {models.map(({ provider, model, calls, chargedNano }) => (
        <li key={`${provider}/${model}`}>
          {provider}/{model}, {formatCount(calls)} {calls === 1 ? 'call' : 'calls'}: <Money nano={chargedNano} />
        </li>
      ))}
    </ul>
  );
}
