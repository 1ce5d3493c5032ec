import { Status } from '../../components/Status.tsx';
import { useNow } from '../../components/use-now.ts';
import type { AccessKeyView } from '../../contract-views.ts';
import { formatWhen } from '../../format/time.ts';
import { useLive } from '../../live/use-live.ts';
import { onLimitWords } from '../budgets/limit-words.ts';
import { CapSpend } from './CapSpend.tsx';
import classes from './KeysTable.module.css';
import { rightsWords } from './rights-words.ts';

/** What holds this key: stopped, ended, its cap and how much of it is used, and the rest in words. */
export function KeyLimits({ access }: { readonly access: AccessKeyView }) {
  const nowMs = useNow(30_000);
  const stopped = useLive((live) => live.killed.some(({ scope }) => scope === `key:${access.id}`)) === true;
  const { policy, expiresAtMs, ephemeral, revokedAtMs } = access;
  const ended = expiresAtMs !== undefined && expiresAtMs <= nowMs;
  const words = [
    ...rightsWords(policy),
    ...(policy?.cap === undefined || policy.cap.onLimit === 'block' ? [] : [onLimitWords(policy.cap).toLowerCase()]),
    ...(expiresAtMs === undefined || ended ? [] : [`ends ${formatWhen(expiresAtMs, nowMs)}`]),
    ...(ephemeral === true ? ['for one run'] : []),
  ];
  if (revokedAtMs !== undefined) return <span className="muted">{words.join(' · ')}</span>;
  return (
    <div className={classes.limits}>
      {stopped && <Status tone="bad">Stopped by a kill switch</Status>}
      {ended && <Status tone="warn">Ended {formatWhen(expiresAtMs, nowMs)}</Status>}
      {policy?.cap !== undefined && <CapSpend access={access} cap={policy.cap} />}
      {words.length > 0 && <p>{words.join(' · ')}</p>}
      {words.length === 0 && policy?.cap === undefined && <p className="muted">No limits</p>}
    </div>
  );
}
