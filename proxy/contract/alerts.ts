/** Alerts as the window, the desktop and the CLI see them, and what they can ask. Metadata only: no prompt, no secret. */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ALERT_EVENTS } from './config/alerts.ts';

export const alertSeverity = z.enum(['info', 'warning', 'critical']);
export type AlertSeverity = z.infer<typeof alertSeverity>;

/** `test` is what a person sends to see whether a webhook arrives; no config subscribes to it. */
export const alertKind = z.enum([...ALERT_EVENTS, 'test']);
export type AlertKind = z.infer<typeof alertKind>;

export const alertView = z.object({
  id: z.string(),
  /** Milliseconds since 1970 (UTC). */
  atMs: z.int(),
  event: alertKind,
  severity: alertSeverity,
  title: z.string(),
  /** What happened and what to do, for a person. */
  message: z.string(),
  /** The same for a program: ids, shares, instants; money in whole nano-dollars under names that end in `Nano`. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  provider: z.string().optional(),
  budget: z.string().optional(),
  /** The access key's id. */
  key: z.string().optional(),
});
export type AlertView = z.infer<typeof alertView>;

export const deliveryChannel = z.enum(['webhook', 'exec']);
export type DeliveryChannel = z.infer<typeof deliveryChannel>;

/** One try to tell one receiver of one alert. */
export const deliveryView = z.object({
  id: z.string(),
  alertId: z.string(),
  channel: deliveryChannel,
  /** Webhook: the host (a path may be a secret). Exec: the program's name without its arguments. */
  target: z.string(),
  /** Counts from 1. */
  attempt: z.int(),
  atMs: z.int(),
  ok: z.boolean(),
  /** HTTP status, or the program's exit code. */
  status: z.int().optional(),
  error: z.string().optional(),
  /** When it is tried again; left out when this was the last try. */
  nextAttemptAtMs: z.int().optional(),
});
export type DeliveryView = z.infer<typeof deliveryView>;

/** Who is told, as the config says it. */
export const alertTargetView = z.object({
  /** For `alerts.test`; stable while the config stands. */
  id: z.string(),
  channel: deliveryChannel,
  target: z.string(),
  events: z.array(z.enum(ALERT_EVENTS)),
});
export type AlertTargetView = z.infer<typeof alertTargetView>;

const base = oc.errors({
  NOT_FOUND: { status: 404 },
  BAD_REQUEST: { status: 400 },
  UNAVAILABLE: { status: 503 },
});

export const alertProcedures = {
  /** Newest first. */
  list: base
    .input(z.object({ limit: z.int().min(1).max(500).default(100), cursor: z.string().optional() }))
    .output(z.object({ items: z.array(alertView), nextCursor: z.string().optional() })),
  /** Every try for one alert, oldest first. */
  deliveries: base.input(z.object({ alertId: z.string() })).output(z.array(deliveryView)),
  targets: base.output(z.array(alertTargetView)),
  /** Sends a test event once, now, and waits for the outcome: at most the receiver's time limit. */
  test: base.input(z.object({ target: z.string() })).output(deliveryView),
};
