import { Skeleton } from '@mantine/core';
import { Link } from 'wouter';
import { Card } from '../../components/Card.tsx';
import { Status } from '../../components/Status.tsx';
import { useNow } from '../../components/use-now.ts';
import { formatDuration } from '../../format/duration.ts';
import { useLive } from '../../live/use-live.ts';
import { healthWords } from '../providers/health-words.ts';
import { breakerWords } from './breaker-words.ts';
import classes from './HealthCard.module.css';
import { useBreakers } from './use-breakers.ts';

/** Which providers answer, how fast, and which of them rest for a while because they did not. */
export function HealthCard() {
  const providers = useLive((live) => live.providers);
  const breakers = useBreakers();
  const nowMs = useNow(15_000);
  return (
    <Card
      title="Providers"
      aside={
        <Link href="/providers" className={classes.all}>
          Manage
        </Link>
      }
      flush
    >
      {providers === undefined && <Skeleton height={72} radius={0} />}
      {providers?.length === 0 && <p className={classes.none}>No provider yet.</p>}
      {providers !== undefined && providers.length > 0 && (
        <ul className={classes.list}>
          {providers.map((provider) => {
            const health = healthWords(provider);
            const resting = breakers && breakerWords(provider.id, breakers.breakers, nowMs);
            const measured =
              provider.latencyP50Ms === undefined ? health.detail : `p50 ${formatDuration(provider.latencyP50Ms)}`;
            return (
              <li key={provider.id} className={classes.provider}>
                <span className={classes.name}>
                  <span className={`${classes.id} truncate`}>{provider.id}</span>
                  <span
                    className={`${resting === undefined ? classes.detail : classes.resting} truncate`}
                    title={resting ?? health.detail}
                  >
                    {resting ?? measured}
                  </span>
                </span>
                <Status tone={health.tone}>{health.words}</Status>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
