/** To each receiver by its own way. */
import type { RunExecHook } from './exec-hook.ts';
import type { Deliver } from './types.ts';
import type { SendWebhook } from './webhook.ts';

export function deliverBy(ways: { webhook: SendWebhook; exec: RunExecHook }): Deliver {
  return (hook, alert, attempt, signal) => {
    switch (hook.channel) {
      case 'webhook':
        return ways.webhook(hook, alert, attempt, signal);
      case 'exec':
        return ways.exec(hook, alert, signal);
      default:
        return hook satisfies never;
    }
  };
}
