/** One signed POST to one webhook. */
import type { AlertView } from '../contract/alerts.ts';
import type { Clock } from '../core/clock.ts';
import { payload } from './payload.ts';
import { signature } from './signature.ts';
import type { Outcome, Post, Webhook } from './types.ts';

/** A receiver has to take the alert and answer; its work is its own. */
const TIMEOUT_MS = 10_000;
const ANSWER_BYTES_MAX = 1_024;
/** The receiver says that it will never want this again. */
const GONE = 410;

export interface WebhookParts {
  readonly post: Post;
  readonly clock: Clock;
  readonly userAgent: string;
  readonly timeoutMs?: number;
}

export type SendWebhook = (hook: Webhook, alert: AlertView, attempt: number, signal: AbortSignal) => Promise<Outcome>;

export function createWebhookSender({ post, clock, userAgent, timeoutMs = TIMEOUT_MS }: WebhookParts): SendWebhook {
  return async ({ url, secret }, alert, attempt, signal) => {
    const body = payload(alert);
    const headers = {
      'content-type': 'application/json',
      'user-agent': userAgent,
      'x-gatehouse-event': alert.event,
      'x-gatehouse-id': alert.id,
      'x-gatehouse-attempt': String(attempt),
      // Signed anew at every try, so that a receiver may refuse what is older than a few minutes.
      'x-gatehouse-signature': signature(secret, Math.floor(clock.nowMs() / 1000), body),
    };
    try {
      const { status } = await post({ url, headers, body, timeoutMs, answerBytesMax: ANSWER_BYTES_MAX, signal });
      return outcomeOf(status);
    } catch (error) {
      return { ok: false, error: error instanceof Error ? error.message : String(error) };
    }
  };
}

function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return { ok: true, status };
  if (status >= 300 && status < 400) {
    const error = `answered with a redirect (${status}), which is not followed; put the final address into the config`;
    return { ok: false, status, error };
  }
  if (status === GONE)
    return { ok: false, status, final: true, error: 'answered 410: it does not want alerts any more' };
  return { ok: false, status, error: `answered ${status}` };
}
