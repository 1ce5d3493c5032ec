/** The name of the local program behind a connection, for records; nothing is looked up while the config says not to. */
import type { Socket } from 'node:net';
import type { Config } from '../contract/config.ts';
import { createProcessLookup } from '../usage/process-owner/process-lookup.ts';

/** What an interpreter runs says more than the interpreter. */
export function processOf(config: () => Config): (socket: Socket) => Promise<string | undefined> | undefined {
  const lookup = createProcessLookup({ platform: process.platform });
  return (socket) => {
    if (!config().usage.processes) return undefined;
    return lookup.ownerOf(socket).then((owner) => owner?.script ?? owner?.program);
  };
}
