import { useQuery } from '@tanstack/react-query';
import { useApi } from '../app/session-context.ts';
import { unseen, useAlertsSeen } from './alerts-seen.ts';
import classes from './UnreadBadge.module.css';

/** More than this is "many". */
const COUNTED_MAX = 9;

/** How many alerts nobody looked at yet; nothing when there are none. The live feed says when to count again. */
export function UnreadBadge() {
  const [seenMs] = useAlertsSeen();
  const newest = useQuery(useApi().alerts.list.queryOptions({ input: { limit: COUNTED_MAX + 1 } }));
  const count = unseen(newest.data?.items ?? [], seenMs);
  if (count === 0) return null;
  const words = count > COUNTED_MAX ? `${COUNTED_MAX}+` : String(count);
  return (
    <span className={`${classes.badge} num`}>
      {words}
      <span className="visually-hidden"> new</span>
    </span>
  );
}
