import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useApi } from '../app/session-context.ts';
import type { PauseView } from '../contract-views.ts';
import { explainError } from '../format/explain-error.ts';
import { useLivePush } from '../live/use-live-push.ts';

interface UsePause {
  /** For a while, or until it is resumed. */
  readonly stop: (forMs?: number) => void;
  readonly resume: () => void;
  /** The other way round than it is now. */
  readonly toggle: (paused: boolean) => void;
  readonly busy: boolean;
}

/** Pauses or resumes the whole gateway. The answer goes into the live state at once; the feed confirms it. */
export function usePause(): UsePause {
  const api = useApi();
  const push = useLivePush();
  const done = {
    onSuccess: (pause: PauseView) => push({ type: 'pause', pause }),
    onError: (error: unknown) =>
      notifications.show({ color: 'red', title: 'That did not work', message: explainError(error) }),
  };
  const pause = useMutation(api.gateway.pause.mutationOptions(done));
  const resume = useMutation(api.gateway.resume.mutationOptions(done));
  const stop = (forMs?: number) => pause.mutate(forMs === undefined ? {} : { forMs });
  const goOn = () => resume.mutate(undefined);
  return {
    stop,
    resume: goOn,
    toggle: (paused) => (paused ? goOn() : stop()),
    busy: pause.isPending || resume.isPending,
  };
}
