import type { RequestView, SetupView } from '../../contract-views.ts';
import { useLive } from '../../live/use-live.ts';
import { firstCall } from './first-call.ts';

/** The call that the guide waits for, live. */
export function useFirstCall({ keyId, sinceMs }: Pick<SetupView, 'keyId' | 'sinceMs'>): RequestView | undefined {
  return useLive((live) => firstCall(live.requests, { keyId, sinceMs }));
}
