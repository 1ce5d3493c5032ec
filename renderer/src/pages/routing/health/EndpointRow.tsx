import { Button } from '@mantine/core';
import { Ago } from '../../../components/Ago.tsx';
import { Status } from '../../../components/Status.tsx';
import { breakerDetail, breakerState, canReset, type EndpointHealth, speedWords } from './breaker-words.ts';
import classes from './HealthTab.module.css';
import type { Reset } from './use-reset.ts';

interface EndpointRowProps {
  readonly endpoint: EndpointHealth;
  readonly nowMs: number;
  readonly reset: Reset;
}

export function EndpointRow({ endpoint: { id, breaker, speed }, nowMs, reset }: EndpointRowProps) {
  const { tone, words } = breakerState(breaker);
  const isProvider = !id.includes('/');
  return (
    <li className={classes.row} data-endpoint={id}>
      <div className={classes.who}>
        <p className={`${classes.name} mono`}>{id}</p>
        <p className={classes.second}>{isProvider ? 'the whole provider' : speedWords(speed)}</p>
      </div>
      <div className={classes.state}>
        <Status tone={tone}>{words}</Status>
        <p className={classes.second}>
          {breakerDetail(breaker, nowMs)}
          {breaker?.sinceMs !== undefined && (
            <>
              {' · since '}
              <Ago atMs={breaker.sinceMs} />
            </>
          )}
        </p>
      </div>
      <div className={classes.actions}>
        {canReset(breaker) && (
          <Button
            size="xs"
            variant="default"
            aria-label={`Reset ${id}`}
            loading={reset.isPending && reset.variables.id === id}
            onClick={() => reset.mutate({ id })}
          >
            Reset
          </Button>
        )}
      </div>
    </li>
  );
}
