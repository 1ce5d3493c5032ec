import { Button, Skeleton, Switch } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { Card } from '../../components/Card.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { useManaged } from '../../components/ManagedNotice.tsx';
import classes from './LocalServersCard.module.css';
import { foundWords, SERVER_NAMES } from './local-server-words.ts';
import { useProbe, useSwitchDiscovery } from './use-discovery.ts';

/** Ollama and LM Studio on this machine, found without being configured. */
export function LocalServersCard() {
  const managed = useManaged();
  const probe = useProbe();
  const change = useSwitchDiscovery(() => void probe.refetch());
  const look = (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconRefresh size={15} />}
      loading={probe.isFetching}
      disabled={probe.data?.enabled === false}
      onClick={() => void probe.refetch()}
    >
      Look again
    </Button>
  );
  return (
    <Card title="On this machine" aside={look}>
      {probe.isError && <ErrorState what="what is here" error={probe.error} onRetry={() => void probe.refetch()} />}
      {probe.data === undefined && !probe.isError && <Skeleton height={64} aria-busy="true" />}
      {probe.data !== undefined && (
        <div className={classes.body}>
          <Switch
            label="Look for Ollama and LM Studio on this machine"
            description="Asks the ports they usually listen on, here only. What answers is served under its name."
            checked={probe.data.enabled}
            disabled={managed || change.isPending}
            onChange={(event) => change.mutate(event.currentTarget.checked)}
          />
          {probe.data.enabled && (
            <ul className={classes.found} aria-label="Servers found">
              {probe.data.found.length === 0 && <li className="muted">Neither of them answers right now.</li>}
              {probe.data.found.map((server) => (
                <li key={server.baseUrl}>
                  <span className={classes.name}>{SERVER_NAMES[server.kind]}</span>{' '}
                  <span className="mono">{server.baseUrl}</span> <span className="muted">{foundWords(server)}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Card>
  );
}
