/** Records of requests against the entries of their attempts, both ways, and against what the provider said it charged. */
import { nanoToUsdString } from '../../contract/money.ts';
import type { Db } from '../../storage/types.ts';
import { type Findings, pause } from './findings.ts';
import { CHUNK, prepareRequestSums, type RequestSums } from './request-sums.ts';

/** A request that fell back may be on its next attempt: its record comes when it ends. */
const UNRECORDED_AFTER_MS = 2 * 3_600_000;

export interface CheckedRequests {
  readonly requests: number;
  readonly providerCosts: number;
}

/** Entries may be added while it runs; a request that ends meanwhile is right before and after. */
export async function checkRequests(
  db: Db,
  nowMs: number,
  isRunning: ((requestId: string) => boolean) | undefined,
  findings: Findings,
): Promise<CheckedRequests> {
  const read = prepareRequestSums(db);
  let requests = 0;
  let providerCosts = 0;
  for (let after = ''; ; ) {
    const rows = read.after.all(after, CHUNK);
    for (const sums of rows) {
      requests += 1;
      if (sums.providerCostNano !== null) providerCosts += 1;
      if (sums.openHolds > 0) continue;
      const seqs = () => read.chargeSeqs.all(sums.requestId);
      compareRecord(sums, seqs, findings);
      compareProvider(sums, seqs, findings);
    }
    after = rows.at(-1)?.requestId ?? '';
    if (rows.length < CHUNK) break;
    await pause();
  }
  const oldestMs = read.oldestRecordMs.get() ?? Number.POSITIVE_INFINITY;
  const headSeq = read.headSeq.get() ?? 0;
  for (let seq = 0; seq < headSeq; seq += CHUNK * 4) {
    for (const { requestId, attemptId, atMs, provider, model, seq: at } of read.unrecorded.all(seq, seq + CHUNK * 4)) {
      if (atMs < oldestMs || (isRunning?.(requestId) ?? atMs > nowMs - UNRECORDED_AFTER_MS)) continue;
      const message = `Attempt ${attemptId} is in the ledger, but there is no record of its request ${requestId}.`;
      findings.add({ kind: 'request_without_record', message, requestId, attemptId, provider, model, seqs: [at] });
    }
    await pause();
  }
  return { requests, providerCosts };
}

function compareRecord(sums: RequestSums, seqs: () => number[], findings: Findings): void {
  for (const [what, recordNano, ledgerNano] of pairsOf(sums)) {
    if (recordNano === ledgerNano) continue;
    findings.add({
      kind: 'record_differs',
      message: `The record of request ${sums.requestId} says ${what} ${nanoToUsdString(recordNano)} USD, its ledger entries say ${nanoToUsdString(ledgerNano)}. The ledger counts.`,
      driftNano: recordNano - ledgerNano,
      oursNano: ledgerNano,
      theirsNano: recordNano,
      ...subjectOf(sums),
      seqs: seqs(),
    });
    return;
  }
}

/** What a record says and what it should say. A part that nobody knows is not compared. */
function pairsOf(sums: RequestSums): (readonly [what: string, recordNano: number, ledgerNano: number])[] {
  const { recordChargedNano, recordCostNano, recordFeeNano } = sums;
  // Records of earlier releases hold what was charged as their cost; fees were 0 then.
  if (recordChargedNano === null) {
    return recordCostNano === null ? [] : [['a cost of', recordCostNano, sums.sureChargedNano]];
  }
  const charged = ['a charge of', recordChargedNano, sums.chargedNano] as const;
  if (sums.knownCosts < sums.charges) return [charged];
  return [
    charged,
    ...(recordCostNano === null ? [] : [['a cost of', recordCostNano, sums.costNano] as const]),
    ...(recordFeeNano === null ? [] : [['a fee of', recordFeeNano, sums.feeNano] as const]),
  ];
}

/** Our cost is rounded up once an attempt: a nano-dollar each is no difference. */
function compareProvider(sums: RequestSums, seqs: () => number[], findings: Findings): void {
  const { providerCostNano, charges, knownCosts, requestId, chargedAttemptId } = sums;
  if (providerCostNano === null || charges === 0) return;
  const oursNano = (knownCosts < charges ? sums.chargedNano : sums.costNano) + sums.correctedNano;
  const driftNano = providerCostNano - oursNano;
  if (Math.abs(driftNano) <= charges) return;
  const single = charges === 1 && chargedAttemptId !== null;
  findings.add({
    kind: 'provider_cost_differs',
    message: `${sums.provider ?? 'The provider'} says request ${requestId} cost ${nanoToUsdString(providerCostNano)} USD, the ledger says ${nanoToUsdString(oursNano)}. Check the model's price.`,
    driftNano,
    oursNano,
    theirsNano: providerCostNano,
    ...subjectOf(sums),
    seqs: seqs(),
    ...(single
      ? {
          attemptId: chargedAttemptId,
          correction: {
            id: `reconcile:cost:${chargedAttemptId}:${oursNano}:${providerCostNano}`,
            account: 'global',
            amountNano: driftNano,
            attemptId: chargedAttemptId,
          },
        }
      : {}),
  });
}

function subjectOf({ requestId, provider, model }: RequestSums) {
  return {
    requestId,
    ...(provider === null ? {} : { provider }),
    ...(model === null ? {} : { model }),
  };
}
