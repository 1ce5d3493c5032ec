/** How long the same event about the same subject stays unsaid after it was said. */
import type { AlertKind } from '../contract/alerts.ts';

const MINUTE_MS = 60_000;

/**
 * A provider's states are told apart by provider-watch.ts, which never repeats one. A budget's subject names its window,
 * so for it "once" is for good.
 */
const COOL_DOWN_MS: Record<AlertKind, number> = {
  budget: Number.POSITIVE_INFINITY,
  provider_down: 0,
  provider_recovered: 0,
  credential_refused: 60 * MINUTE_MS,
  loop: 5 * MINUTE_MS,
  ledger_drift: 24 * 60 * MINUTE_MS,
  low_balance: 60 * MINUTE_MS,
  test: 0,
};

/** A clock that was set back does not silence anybody for longer than the cool-down. */
export function isCoolingDown(event: AlertKind, lastAtMs: number | undefined, nowMs: number): boolean {
  if (lastAtMs === undefined) return false;
  const coolDownMs = COOL_DOWN_MS[event];
  if (coolDownMs === Number.POSITIVE_INFINITY) return true;
  const agoMs = nowMs - lastAtMs;
  return agoMs >= 0 && agoMs < coolDownMs;
}
