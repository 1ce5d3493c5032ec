/** After a crash: the requests that were running get their records, from what recovery wrote in the ledger. */
import type { Ledger, RecoveryReport } from '../ledger/types.ts';
import type { UsageStore } from '../usage/types.ts';

export async function recoverAfterCrash(ledger: Ledger, usage: UsageStore): Promise<RecoveryReport> {
  const report = await ledger.recover();
  usage.recordInterrupted(
    report.interrupted.map((attempt) =>
      attempt.costNano === undefined ? attempt : { ...attempt, certainty: 'estimated' as const },
    ),
  );
  return report;
}
