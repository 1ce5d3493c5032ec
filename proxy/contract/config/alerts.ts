/** Who is told, and of what. */
import { z } from 'zod';
import { envRef, httpUrl } from './words.ts';

export const ALERT_EVENTS = [
  'budget',
  'provider_down',
  'provider_recovered',
  'credential_refused',
  'loop',
  'ledger_drift',
  'low_balance',
] as const;
export const alertEvent = z.enum(ALERT_EVENTS);
export type AlertEvent = z.infer<typeof alertEvent>;

export const webhookConfig = z.strictObject({
  url: z.union([envRef, httpUrl]),
  /** Signs every delivery with HMAC-SHA256. */
  secret: envRef,
  events: z.array(alertEvent).min(1),
});
export type WebhookConfig = z.infer<typeof webhookConfig>;

/** A program of the person's own, run without a shell; the event is JSON on its standard input. */
export const execHookConfig = z.strictObject({
  command: z.array(z.string().min(1)).min(1),
  events: z.array(alertEvent).min(1),
});
export type ExecHookConfig = z.infer<typeof execHookConfig>;

export const alertsConfig = z.strictObject({
  /** False: no desktop notifications; the window still shows them. */
  desktop: z.boolean().default(true),
  webhooks: z.array(webhookConfig).default([]),
  exec: z.array(execHookConfig).default([]),
});
export type AlertsConfig = z.infer<typeof alertsConfig>;
