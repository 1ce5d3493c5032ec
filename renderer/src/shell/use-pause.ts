import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useApi } from '../app/session-context.ts';
import type { PauseView } from '../contract-views.ts';
import { explainError } from '../format/explain-error.ts';
import { useLivePush } from '../live/use-live-push.ts';

/** Pauses or resumes the whole gateway. The answer goes into the live state at once; the feed confirms it. */
export function usePause(): { readonly toggle: (paused: boolean) => void; readonly busy: boolean } {
  const api = useApi();
  const push = useLivePush();
  const done = {
    onSuccess: (pause: PauseView) => push({ type: 'pause', pause }),
    onError: (error: unknown) =>
      notifications.show({ color: 'red', title: 'That did not work', message: explainError(error) }),
  };
  const pause = useMutation(api.gateway.pause.mutationOptions(done));
  const resume = useMutation(api.gateway.resume.mutationOptions(done));
  return {
    toggle: (paused) => (paused ? resume.mutate(undefined) : pause.mutate(undefined)),
    busy: pause.isPending || resume.isPending,
  };
}
