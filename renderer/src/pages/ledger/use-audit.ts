import { useMutation } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';

/** Recomputes the whole chain; a mutation, because it runs when a person asks and never by itself. */
export function useAudit() {
  return useMutation(useApi().ledger.audit.mutationOptions());
}

export type Audit = ReturnType<typeof useAudit>;
