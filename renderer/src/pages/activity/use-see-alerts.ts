import { useEffect } from 'react';
import { useAlertsSeen } from '../../shell/alerts-seen.ts';

/** Notes that the alerts up to this one are on the page in front of a person. A window in the background is not. */
export function useSeeAlerts(newestMs: number | undefined): void {
  const [seenMs, setSeenMs] = useAlertsSeen();
  useEffect(() => {
    const see = () => {
      if (newestMs !== undefined && newestMs > seenMs && document.visibilityState === 'visible') setSeenMs(newestMs);
    };
    see();
    document.addEventListener('visibilitychange', see);
    return () => document.removeEventListener('visibilitychange', see);
  }, [newestMs, seenMs, setSeenMs]);
}
