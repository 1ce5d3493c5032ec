import { Button } from '@mantine/core';
import { useDesktopAsk } from '../desktop/use-desktop.ts';
import { useConnection, useHostState, useLive } from '../live/use-live.ts';
import classes from './Banner.module.css';

/** What is on the page may be old while the gateway does not answer; say so, calmly, and keep it readable. */
export function ReconnectBanner() {
  const connection = useConnection();
  const seenBefore = useLive(() => true) === true;
  const host = useHostState();
  const { ask } = useDesktopAsk();
  if (connection.phase === 'live') return null;
  if (host?.state === 'failed') {
    return (
      <div className={classes.banner} data-tone="warn" role="alert">
        <strong>The gateway could not start.</strong>
        <span>{host.message ?? 'Its log says why.'}</span>
        <Button size="compact-xs" variant="default" onClick={() => ask({ ask: 'startGateway' })}>
          What to do…
        </Button>
      </div>
    );
  }
  if (connection.phase !== 'reconnecting') return null;
  return (
    <div className={classes.banner} data-tone="quiet">
      <strong>Reconnecting to the gateway.</strong>
      <span>
        {seenBefore
          ? 'What you see is from before the connection was lost; it updates by itself.'
          : 'It does not answer yet. This page continues by itself as soon as it does.'}
      </span>
    </div>
  );
}
