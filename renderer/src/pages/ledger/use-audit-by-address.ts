import { useEffect } from 'react';
import { useLocation } from 'wouter';
import type { Audit } from './use-audit.ts';

/** `/ledger/verify` verifies at once, as the palette and links ask for it. The address is left again: going back does not verify anew. */
export function useAuditByAddress({ mutate }: Audit): void {
  const [place, go] = useLocation();
  useEffect(() => {
    if (place !== '/ledger/verify') return;
    go('/ledger', { replace: true });
    mutate(undefined);
  }, [place, go, mutate]);
}
