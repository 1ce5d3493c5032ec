/** A provider's usage export against the ledger, day by day and model by model. */
import { nanoToUsdString } from '../../contract/money.ts';
import type { Db } from '../../storage/types.ts';
import { type Findings, SEQS_LISTED_MAX } from './findings.ts';
import { type ProviderDay, readProviderCsv } from './provider-csv.ts';
import { correctionPrefix, dayKey, emptyDay, type LedgerDay, ledgerDays } from './provider-days.ts';

/** Gives the number of lines. Throws LedgerRefusedError `unreadable_csv`. */
export async function checkProviderUsage(db: Db, provider: string, csv: string, findings: Findings): Promise<number> {
  const file = readProviderCsv(csv);
  const names = file.days.map(({ day }) => day).sort();
  const [first, last] = [names[0], names.at(-1)];
  if (first === undefined || last === undefined) return file.lines;
  const ours = await ledgerDays(db, provider, first, last);
  for (const theirs of file.days) {
    const key = dayKey(theirs.day, theirs.model);
    compare(provider, ours.get(key) ?? emptyDay(theirs.day, theirs.model), theirs, findings);
    ours.delete(key);
  }
  // Days between the first and the last that the file does not speak of at all: it says 0.
  const hasCost = file.days.some(({ costNano }) => costNano !== undefined);
  for (const day of ours.values()) compare(provider, day, nothingSaid(day, hasCost), findings);
  return file.lines;
}

function nothingSaid({ day, model }: LedgerDay, hasCost: boolean): ProviderDay {
  const costNano = hasCost ? 0 : undefined;
  const tokens = hasCost ? undefined : 0;
  return { day, model, lines: 0, costNano, roundingNano: 0, inputTokens: tokens, outputTokens: tokens };
}

function compare(provider: string, ours: LedgerDay, theirs: ProviderDay, findings: Findings): void {
  const { day, model } = theirs;
  const common = {
    kind: 'provider_usage_differs',
    provider,
    model,
    day,
    seqs: [...ours.doubtfulSeqs, ...ours.seqs].slice(0, SEQS_LISTED_MAX),
  };
  const where = `${provider} for ${model} on ${day} (UTC)`;
  if (theirs.costNano !== undefined) {
    const driftNano = theirs.costNano - ours.costNano;
    // Amounts in the file are rounded, ours are rounded up once a call.
    if (Math.abs(driftNano) > theirs.roundingNano + ours.charges) {
      findings.add({
        ...common,
        message: `The bill of ${where} says ${nanoToUsdString(theirs.costNano)} USD, the ledger has ${nanoToUsdString(ours.costNano)} in ${ours.charges} charges, ${ours.doubtfulSeqs.length} of them not exact.`,
        driftNano,
        oursNano: ours.costNano,
        theirsNano: theirs.costNano,
        correction: {
          id: `${correctionPrefix(provider)}${day}:${model}:${ours.costNano}:${theirs.costNano}`,
          account: `provider:${provider}`,
          amountNano: driftNano,
        },
      });
    }
    return;
  }
  for (const [bucket, theirTokens, ourTokens] of [
    ['input', theirs.inputTokens, ours.inputTokens],
    ['output', theirs.outputTokens, ours.outputTokens],
  ] as const) {
    if (theirTokens === undefined || theirTokens === ourTokens) continue;
    const message = `The usage of ${where} says ${theirTokens} ${bucket} tokens, the ledger has ${ourTokens} in ${ours.charges} charges.`;
    findings.add({ ...common, message });
  }
}
