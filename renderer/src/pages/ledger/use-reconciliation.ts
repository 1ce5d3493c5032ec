import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../app/session-context.ts';

/** A usage export of a provider's console, as long as this page is open. */
export interface Bill {
  readonly provider: string;
  readonly text: string;
  readonly fileName: string;
}

/** The last run, whoever asked for it, and the ways to run it again. */
export function useReconciliation() {
  const api = useApi();
  const queries = useQueryClient();
  const last = useQuery(api.ledger.lastReconciliation.queryOptions({ staleTime: 0 }));
  /** What the shown report was compared with. */
  const [bill, setBill] = useState<Bill>();
  const run = useMutation(
    api.ledger.reconcile.mutationOptions({
      onSuccess: async (report) => {
        queries.setQueryData(api.ledger.lastReconciliation.queryKey(), report);
        if (report.corrected.length > 0) await queries.invalidateQueries({ queryKey: api.ledger.adjustments.key() });
      },
    }),
  );
  const withBill = (used: Bill | undefined) =>
    used === undefined ? {} : { csv: { provider: used.provider, text: used.text } };
  return {
    last,
    run,
    bill,
    /** Without a bill what an earlier one said is forgotten. */
    start(used: Bill | undefined, onDone: () => void = () => undefined) {
      run.mutate(withBill(used), {
        onSuccess: () => {
          setBill(used);
          onDone();
        },
      });
    },
    /** Runs again, over the bill the shown report is about, and writes the corrections of what is found then. */
    correct(reason: string, onDone: () => void) {
      const about = (last.data?.checked.providerLines ?? 0) > 0 ? bill : undefined;
      run.mutate({ ...withBill(about), correct: { reason } }, { onSuccess: onDone });
    },
  };
}

export type Reconciliation = ReturnType<typeof useReconciliation>;
