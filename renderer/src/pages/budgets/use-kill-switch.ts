import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';
import type { KilledScopeView } from '../../contract-views.ts';
import { explainError } from '../../format/explain-error.ts';
import { useLivePush } from '../../live/use-live-push.ts';

interface KillSwitch {
  /** `onDone` is called when it worked. */
  readonly kill: (scope: string, onDone?: () => void) => void;
  readonly lift: (scope: string) => void;
  readonly busy: boolean;
}

/** Stops a provider, model, key or project, or lets it go. The answer goes into the live state at once. */
export function useKillSwitch(): KillSwitch {
  const api = useApi();
  const push = useLivePush();
  const told = {
    onSuccess: (killed: KilledScopeView[]) => push({ type: 'killed', killed }),
    onError: (error: unknown) =>
      notifications.show({ color: 'red', title: 'That did not work', message: explainError(error) }),
  };
  const kill = useMutation(api.killSwitches.kill.mutationOptions(told));
  const lift = useMutation(api.killSwitches.lift.mutationOptions(told));
  return {
    kill: (scope, onDone) => kill.mutate({ scope }, { onSuccess: () => onDone?.() }),
    lift: (scope) => lift.mutate({ scope }),
    busy: kill.isPending || lift.isPending,
  };
}
