import { useHostState } from '../live/use-live.ts';
import classes from './Banner.module.css';

/** While the desktop app quits or starts its gateway again, it finishes what runs, and says so. */
export function DrainBanner() {
  const host = useHostState();
  if (host?.state !== 'stopping') return null;
  return (
    <div className={classes.banner} data-tone="quiet" role="status">
      <strong>The gateway is closing.</strong>
      <span>{leftWords(host.callsLeft ?? 0)}</span>
    </div>
  );
}

function leftWords(calls: number): string {
  if (calls === 0) return 'Everything is settled.';
  return `Finishing ${calls === 1 ? '1 call' : `${calls} calls`}; new ones are refused.`;
}
