/** The main process as a client of the control contract, over its own MessagePort to the gateway. */
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { MessagePortMain } from 'electron';
import type { ControlContract } from '../../proxy/contract/control.ts';
import type { LiveEvent } from '../../proxy/contract/views.ts';

export type ControlClient = ContractRouterClient<ControlContract>;

export interface LiveConnection {
  client: ControlClient;
  close(): void;
}

export interface LiveListener {
  event(event: LiveEvent): void;
  /** The subscription is over though nobody closed it: the gateway went away, or refused. */
  ended(error: unknown): void;
}

/** Takes the port over. */
export function connectLive(port: MessagePortMain, listener: LiveListener): LiveConnection {
  const client: ControlClient = createORPCClient(new RPCLink({ port }));
  const abort = new AbortController();
  port.start();
  void follow(client, abort.signal, listener);
  return {
    client,
    close() {
      abort.abort();
      port.close();
    },
  };
}

async function follow(client: ControlClient, signal: AbortSignal, listener: LiveListener): Promise<void> {
  let why: unknown = new Error('the gateway ended the live subscription');
  try {
    for await (const event of await client.live.watch(undefined, { signal })) {
      if (signal.aborted) return;
      listener.event(event);
    }
  } catch (error) {
    why = error;
  }
  if (!signal.aborted) listener.ended(why);
}
