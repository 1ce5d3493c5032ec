import { Button, Skeleton } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { AlertItem } from './AlertItem.tsx';
import classes from './AlertsCard.module.css';
import { useAlerts } from './use-alerts.ts';
import { useSeeAlerts } from './use-see-alerts.ts';

/** Every alert on record, the newest first. */
export function AlertsCard() {
  const query = useAlerts();
  const alerts = query.data?.pages.flatMap((page) => page.items);
  useSeeAlerts(alerts?.[0]?.atMs);
  if (query.isError && alerts === undefined)
    return <ErrorState what="the alerts" error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Card title="Alerts" flush>
      {alerts === undefined && <Skeleton height={120} radius={0} aria-busy="true" />}
      {alerts?.length === 0 && (
        <EmptyState
          icon={<IconBell size={22} />}
          title="Nothing to tell so far"
          text="You will read here when a budget runs out, a provider is down, a key is refused, a loop is stopped, or the books do not balance."
        />
      )}
      {alerts !== undefined && alerts.length > 0 && (
        <ul className={classes.list} aria-label="Alerts">
          {alerts.map((alert) => (
            <AlertItem key={alert.id} alert={alert} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <div className={classes.more}>
          <Button
            size="xs"
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show older alerts
          </Button>
        </div>
      )}
    </Card>
  );
}
