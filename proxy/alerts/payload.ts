/** What receivers are sent: the same bytes at every try. */
import type { AlertView } from '../contract/alerts.ts';

/** Documented in docs/alerts.md; fields are only ever added. */
export function payload(alert: AlertView): Buffer {
  const { id, atMs, event, severity, title, message, facts, provider, budget, key } = alert;
  return Buffer.from(
    JSON.stringify({
      id,
      event,
      at: new Date(atMs).toISOString(),
      severity,
      title,
      message,
      facts,
      ...(provider === undefined ? {} : { provider }),
      ...(budget === undefined ? {} : { budget }),
      ...(key === undefined ? {} : { key }),
    }),
  );
}
