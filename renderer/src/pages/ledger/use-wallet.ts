import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useApi } from '../../app/session-context.ts';

/** The wallet as it is now. The live feed tells of every entry by making the balance fetch again; the wallet follows it. */
export function useWallet() {
  const api = useApi();
  const { dataUpdatedAt } = useQuery(api.ledger.balance.queryOptions());
  const wallet = useQuery(api.ledger.wallet.queryOptions({ staleTime: 0 }));
  const { refetch } = wallet;
  useEffect(() => {
    if (dataUpdatedAt > 0) void refetch();
  }, [dataUpdatedAt, refetch]);
  return wallet;
}
