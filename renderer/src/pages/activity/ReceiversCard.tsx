import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';
import { Card } from '../../components/Card.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { eventWords } from './alert-words.ts';
import classes from './ReceiversCard.module.css';
import { TestReceiverButton } from './TestReceiverButton.tsx';

/** Who is told besides this window, as the config says it. */
export function ReceiversCard() {
  const query = useQuery(useApi().alerts.targets.queryOptions());
  return (
    <Card title="Receivers">
      {query.isError && <ErrorState what="the receivers" error={query.error} onRetry={() => void query.refetch()} />}
      {query.data === undefined && !query.isError && <Skeleton height={40} aria-busy="true" />}
      {query.data?.length === 0 && (
        <p className="muted">
          None. A webhook or a program of yours is set in the config under <code>alerts</code>.
        </p>
      )}
      {query.data !== undefined && query.data.length > 0 && (
        <ul className={classes.list} aria-label="Receivers">
          {query.data.map((receiver) => (
            <li key={receiver.id} className={classes.receiver}>
              <span>
                <span className={classes.name}>{receiver.channel === 'webhook' ? 'Webhook' : 'Program'}</span>{' '}
                <span className="mono">{receiver.target}</span>
              </span>
              <span className={`${classes.events} muted`}>{receiver.events.map(eventWords).join(', ')}</span>
              <TestReceiverButton receiver={receiver} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
