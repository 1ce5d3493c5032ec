/** Up to which alert a person has looked at the Activity page. Kept on this machine. */
import { useLocalStorage } from '@mantine/hooks';
import type { AlertView } from '../contract-views.ts';

/** Instant of the newest alert that was seen, in milliseconds since 1970; 0: none yet. */
export function useAlertsSeen(): readonly [number, (atMs: number) => void] {
  const [value, setValue] = useLocalStorage<string>({
    key: 'gatehouse-alerts-seen',
    defaultValue: '0',
    getInitialValueInEffect: false,
  });
  const seenMs = Number(value);
  return [Number.isFinite(seenMs) ? seenMs : 0, (atMs) => setValue(String(atMs))];
}

/** How many of them came after that. */
export function unseen(alerts: readonly Pick<AlertView, 'atMs'>[], seenMs: number): number {
  return alerts.filter(({ atMs }) => atMs > seenMs).length;
}
