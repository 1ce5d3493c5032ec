import { Skeleton, Stack } from '@mantine/core';
import { IconHeartbeat } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../../app/session-context.ts';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { useNow } from '../../../components/use-now.ts';
import { endpointsOf } from './breaker-words.ts';
import { EndpointRow } from './EndpointRow.tsx';
import classes from './HealthTab.module.css';
import { RefusedCredentials } from './RefusedCredentials.tsx';
import { useReset } from './use-reset.ts';

/** Who is in use, who rests and why; what was measured of each. Follows the calls. */
export function HealthTab() {
  const health = useQuery(useApi().routing.breakers.queryOptions({ staleTime: 0 }));
  const nowMs = useNow(1000);
  const reset = useReset();
  if (health.isError) {
    return <ErrorState what="the health" error={health.error} onRetry={() => void health.refetch()} />;
  }
  if (health.data === undefined) return <Skeleton height={180} radius="lg" aria-busy="true" />;
  const { breakers, speeds, refused } = health.data;
  const endpoints = endpointsOf(breakers, speeds);
  return (
    <Stack gap="md">
      {refused.length > 0 && <RefusedCredentials refused={refused} reset={reset} />}
      <Card title="Providers and models in use" flush>
        {endpoints.length === 0 ? (
          <EmptyState
            icon={<IconHeartbeat size={22} />}
            title="Nothing measured yet"
            text="With the first calls, every provider and model they went to appears here: how it does, and whether it is being left alone for a while."
          />
        ) : (
          <ul className={classes.list} aria-label="Health">
            {endpoints.map((endpoint) => (
              <EndpointRow key={endpoint.id} endpoint={endpoint} nowMs={nowMs} reset={reset} />
            ))}
          </ul>
        )}
      </Card>
      <p className="muted">
        One that fails too often rests for a while, so that no call waits for it; then a single call tries it. Reset
        lets it take calls at once.
      </p>
    </Stack>
  );
}
