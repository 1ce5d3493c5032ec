/** Webhooks whose address stands in the config itself. One from the environment is looked at when the config is applied. */
import type { Config } from '../contract/config.ts';
import type { CheckFinding } from './check-config.ts';
import { webhookUrlProblem } from './webhook-url.ts';

export function alertFindings({ alerts }: Config): CheckFinding[] {
  return alerts.webhooks.flatMap(({ url }, index) => {
    const problem = url.startsWith('env:') ? undefined : webhookUrlProblem(url);
    return problem === undefined ? [] : [{ path: ['alerts', 'webhooks', index, 'url'], message: problem }];
  });
}
