import { Button, Skeleton } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Status } from '../../components/Status.tsx';
import { foundWords, SERVER_NAMES } from '../providers/local-server-words.ts';
import { useProbe } from '../providers/use-discovery.ts';
import rows from './Rows.module.css';

/** Ollama and LM Studio, where they run: they are providers already. */
export function LocalServers() {
  const probe = useProbe();
  const found = probe.data?.found ?? [];
  return (
    <section aria-label="Model servers on this machine">
      <div className={rows.head}>
        <h2 className={`${rows.title}`}>Model servers on this machine</h2>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconRefresh size={14} />}
          loading={probe.isFetching}
          disabled={probe.data?.enabled === false}
          onClick={() => void probe.refetch()}
        >
          Look again
        </Button>
      </div>
      {probe.isError && <ErrorState what="what is here" error={probe.error} onRetry={() => void probe.refetch()} />}
      {probe.data === undefined && !probe.isError && <Skeleton height={56} radius={10} aria-busy="true" />}
      {probe.data?.enabled === false && <p className={rows.note}>Gatehouse is told not to look for any.</p>}
      {probe.data?.enabled === true && found.length === 0 && (
        <p className={rows.note}>
          Neither Ollama nor LM Studio answers. Start one, look again, and its models are there, without a credential.
        </p>
      )}
      {found.length > 0 && (
        <ul className={rows.rows} aria-label="Servers found">
          {found.map((server) => (
            <li key={server.baseUrl} className={rows.row}>
              <div className={rows.line}>
                <div className={rows.words}>
                  <p className={rows.name}>{SERVER_NAMES[server.kind]}</p>
                  <p className={rows.detail}>
                    <span className="mono">{server.baseUrl}</span> · {foundWords(server)}
                  </p>
                </div>
                <Status tone={server.providerId === undefined ? 'warn' : 'ok'}>
                  {server.providerId === undefined ? 'Not served' : 'Ready'}
                </Status>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
