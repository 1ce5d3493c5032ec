import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useApi } from '../../app/session-context.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Money } from '../../components/Money.tsx';
import { formatCount } from '../../format/tokens.ts';
import classes from './BalanceRow.module.css';

/** The ledger in four figures. */
export function BalanceRow() {
  const balance = useQuery(useApi().ledger.balance.queryOptions());
  if (balance.isError) {
    return (
      <div className={classes.error}>
        <ErrorState what="the balance" error={balance.error} onRetry={() => void balance.refetch()} />
      </div>
    );
  }
  const known = balance.data;
  return (
    <dl className={classes.row}>
      <Figure name="Charged" value={known && <Money nano={known.chargedNano} />} />
      <Figure
        name={known && known.openHolds > 0 ? `On hold, ${formatCount(known.openHolds)} open` : 'On hold'}
        value={known && <Money nano={known.heldNano} />}
      />
      <Figure name="Granted" value={known && <Money nano={known.grantedNano} />} />
      <Figure name="Corrected" value={known && <Money nano={known.correctedNano} />} />
      <Figure name="Entries" value={known && <span className="num">{formatCount(known.entries)}</span>} />
    </dl>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: ReactNode }) {
  return (
    <div className={classes.figure}>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>{value ?? <Skeleton height={18} width={72} mt={4} />}</dd>
    </div>
  );
}
