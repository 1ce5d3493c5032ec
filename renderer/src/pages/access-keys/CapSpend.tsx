import { useQuery } from '@tanstack/react-query';
import type { KeyRights } from '../../../../proxy/contract/config.ts';
import { useApi } from '../../app/session-context.ts';
import { Money } from '../../components/Money.tsx';
import { useNow } from '../../components/use-now.ts';
import type { AccessKeyView } from '../../contract-views.ts';
import { windowWords } from '../../format/budget-window.ts';
import { formatUsd } from '../../format/money.ts';
import { chargedInWindow, windowSeries } from './cap-window.ts';

const LOOKED_AGAIN_MS = 60_000;

interface CapSpendProps {
  readonly access: AccessKeyView;
  readonly cap: NonNullable<KeyRights['cap']>;
}

/** What this key's calls have cost in the window of its cap. Calls that run are not in it yet. */
export function CapSpend({ access, cap }: CapSpendProps) {
  const api = useApi();
  const nowMs = useNow(LOOKED_AGAIN_MS);
  const settings = useQuery(api.settings.get.queryOptions());
  const used = access.lastUsedAtMs;
  const series = useQuery({
    ...api.usage.series.queryOptions({
      input: windowSeries({ window: cap.window, accessKeyId: access.id, createdAtMs: access.createdAtMs, nowMs }),
    }),
    // A key that was never used has spent nothing, whatever its window.
    enabled: used !== undefined,
    placeholderData: (before) => before,
  });
  const timeZone = settings.data?.timeZone;
  if (used !== undefined && (series.data === undefined || timeZone === undefined)) return null;
  const chargedNano =
    series.data === undefined || timeZone === undefined ? 0 : chargedInWindow(series.data, cap.window, timeZone);
  return (
    <p>
      <Money nano={chargedNano} /> of {formatUsd(cap.limitUsd)} used {windowWords(cap.window).toLowerCase()}
    </p>
  );
}
