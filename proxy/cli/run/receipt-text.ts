/** A run's receipt for people. Amounts are exact: nothing is rounded away. */
import { nanoToUsdString } from '../../contract/money.ts';
import type { RunReceipt } from '../../contract/runs.ts';

/** Lines without a last line break. */
export function receiptText(receipt: RunReceipt): string {
  const { id, budget, openHolds } = receipt;
  const lines = [
    ['calls', callsText(receipt)],
    ['models', modelsText(receipt)],
    ['tokens', tokensText(receipt.usage)],
    ['cost', costText(receipt)],
    ['left', `${usd(budget.leftNano)} of ${usd(budget.limitNano)}`],
    ...(openHolds === 0
      ? []
      : [['open', `${count(openHolds, 'call')} not settled yet (${usd(budget.heldNano)} held): ask again later`]]),
  ];
  return [`gatehouse: run ${id}`, ...lines.map(([name = '', text]) => `  ${name.padEnd(8)}${text}`)].join('\n');
}

function callsText({ calls, attempts, refused }: RunReceipt): string {
  const tries = attempts > calls ? `, in ${attempts} attempts` : '';
  const stopped = refused.reduce((sum, { calls: of }) => sum + of, 0);
  if (stopped === 0) return `${calls}${tries}`;
  return `${calls}${tries}; ${stopped} refused (${refused.map(({ code, calls: of }) => `${code} ${of}`).join(', ')})`;
}

function modelsText({ models }: RunReceipt): string {
  if (models.length === 0) return 'none';
  return models
    .map(
      ({ provider, model, calls, chargedNano }) =>
        `${provider}/${model} (${count(calls, 'call')}, ${usd(chargedNano)})`,
    )
    .join(', ');
}

function tokensText({
  inputTokens,
  cacheReadTokens,
  cacheWriteTokens,
  outputTokens,
  reasoningTokens,
}: RunReceipt['usage']): string {
  const said = [
    [inputTokens, 'in'],
    [cacheReadTokens, 'from cache'],
    [cacheWriteTokens, 'to cache'],
    [outputTokens, 'out'],
    [reasoningTokens, 'reasoning'],
  ] as const;
  const known = said.flatMap(([tokens, what]) =>
    tokens === undefined || (tokens === 0 && what !== 'in' && what !== 'out') ? [] : [`${grouped(tokens)} ${what}`],
  );
  return known.length === 0 ? 'none reported' : known.join(', ');
}

function costText(receipt: RunReceipt): string {
  const { chargedNano, feeNano, correctedNano, estimatedNano, unknownNano, openHolds } = receipt;
  const parts = [
    ...(estimatedNano === 0 ? [] : [`${usd(estimatedNano)} of it estimated`]),
    ...(unknownNano === 0 ? [] : [`${usd(unknownNano)} of it at most: nobody told the usage`]),
    ...(feeNano === 0 ? [] : [`${usd(feeNano)} of it fee`]),
    ...(correctedNano === 0 ? [] : [`${usd(correctedNano)} corrected since`]),
  ];
  const sure = estimatedNano === 0 && unknownNano === 0 && openHolds === 0 ? ['exact'] : [];
  return [usd(chargedNano), ...[...sure, ...parts].map((part) => `, ${part}`)].join('');
}

function usd(nano: number): string {
  return nano < 0 ? `-$${nanoToUsdString(-nano)}` : `$${nanoToUsdString(nano)}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function grouped(tokens: number): string {
  return tokens.toLocaleString('en-US');
}
