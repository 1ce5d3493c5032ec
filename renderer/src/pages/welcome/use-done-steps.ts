import type { SetupStep } from '../../../../proxy/contract/setup.ts';
import type { SetupView } from '../../contract-views.ts';
import { useLive } from '../../live/use-live.ts';
import { doneSteps } from './step-list.ts';
import { useFirstCall } from './use-first-call.ts';

/** What has happened of the guide, from what the gateway says now. */
export function useDoneSteps(setup: SetupView): ReadonlySet<SetupStep> {
  const providers = useLive((live) => live.providers) ?? [];
  const capped = useLive((live) => live.spend.budgets.some(({ scope }) => scope === 'global')) === true;
  const called = useFirstCall(setup) !== undefined;
  return doneSteps({ setup, providers, capped, called });
}
