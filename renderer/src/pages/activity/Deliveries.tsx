import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Status } from '../../components/Status.tsx';
import type { DeliveryView } from '../../contract-views.ts';
import { formatWhen } from '../../format/time.ts';
import classes from './AlertsCard.module.css';
import { deliveryWords } from './alert-words.ts';

/** Tries come minutes apart and nothing announces them; an open list looks for itself. */
const REFRESH_MS = 5_000;

/** Every try to tell the receivers of one alert. */
export function Deliveries({ alertId }: { readonly alertId: string }) {
  const query = useQuery({
    ...useApi().alerts.deliveries.queryOptions({ input: { alertId } }),
    refetchInterval: REFRESH_MS,
    refetchOnMount: 'always',
  });
  if (query.isError && query.data === undefined)
    return <ErrorState what="the deliveries" error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton height={24} aria-busy="true" />;
  if (query.data.length === 0) return <p className="muted">No receiver was told. Receivers are set in the config.</p>;
  return (
    <ul className={classes.tries} aria-label="Deliveries">
      {query.data.map((delivery) => (
        <Try key={delivery.id} delivery={delivery} />
      ))}
    </ul>
  );
}

function Try({ delivery }: { readonly delivery: DeliveryView }) {
  const { tone, text } = deliveryWords(delivery);
  const nowMs = Date.now();
  return (
    <li className={classes.try}>
      <Status tone={tone}>{text}</Status>
      <span className="mono">{delivery.target}</span>
      <span className="muted">
        try {delivery.attempt}, {formatWhen(delivery.atMs, nowMs)}
        {delivery.nextAttemptAtMs !== undefined && `, again at ${formatWhen(delivery.nextAttemptAtMs, nowMs)}`}
      </span>
    </li>
  );
}
