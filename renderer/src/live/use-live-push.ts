import { useSession } from '../app/session-context.ts';
import type { LiveEvent } from '../contract-views.ts';

/** Puts what a command answered into the live state at once, so a page does not wait for the feed to bring the same. */
export function useLivePush(): (event: LiveEvent) => void {
  const { live } = useSession();
  return (event) => live.push(event);
}
