import type { RequestView, ToolView } from '../../contract-views.ts';
import { useLive } from '../../live/use-live.ts';

export interface LastCall {
  readonly requestId: string;
  readonly atMs: number;
  /** As it is now, while the live feed has it. */
  readonly request?: RequestView;
}

/** The last call that came with the key of this tool: from the live feed, else from the record. */
export function useLastCall({ key, lastCall }: Pick<ToolView, 'key' | 'lastCall'>): LastCall | undefined {
  const keyId = key?.id;
  const request = useLive((live) => live.requests.find(({ accessKeyId }) => accessKeyId === keyId));
  if (keyId !== undefined && request !== undefined)
    return { requestId: request.id, atMs: request.startedAtMs, request };
  return lastCall;
}
