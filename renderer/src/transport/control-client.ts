/** The control contract as the window calls it. Only its types cross over: what the gateway answers was checked there. */
import type { ContractRouterClient } from '@orpc/contract';
import type { ControlContract } from '../../../proxy/contract/control.ts';

export type ControlClient = ContractRouterClient<ControlContract>;

/** One way to reach the gateway. */
export interface Transport {
  readonly client: ControlClient;
  /** Calls back when the gateway behind the client was replaced, so a waiting reconnect need not wait on. Returns an undo. */
  onReplaced(callback: () => void): () => void;
}
