import { notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import { useLive } from '../live/use-live.ts';
import { alertTone, TONE_COLORS } from '../pages/activity/alert-words.ts';

/** Shows each alert that comes while the window is open once; those of before stand on the Activity page. */
export function AlertToasts() {
  const alerts = useLive((live) => live.alerts);
  const shown = useRef(new Set<string>());
  useEffect(() => {
    for (const alert of [...(alerts ?? [])].reverse()) {
      if (shown.current.has(alert.id)) continue;
      shown.current.add(alert.id);
      notifications.show({
        id: alert.id,
        color: TONE_COLORS[alertTone(alert.severity)],
        title: alert.title,
        message: alert.message,
        // What has to be dealt with stays until it is closed.
        autoClose: alert.severity === 'critical' ? false : 10_000,
      });
    }
  }, [alerts]);
  return null;
}
