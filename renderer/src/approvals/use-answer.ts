import { useMutation } from '@tanstack/react-query';
import { useApi } from '../app/session-context.ts';
import { useLivePush } from '../live/use-live-push.ts';

/** Answers a waiting call. What still waits afterwards goes into the live state at once. */
export function useAnswer() {
  const push = useLivePush();
  return useMutation(
    useApi().approvals.answer.mutationOptions({
      onSuccess: (approvals) => push({ type: 'approvals', approvals }),
    }),
  );
}
