/** Connecting tools: the one object that the control contract speaks to. */
import { ConnectError } from './errors.ts';
import type { Connect, ConnectParts } from './types.ts';

export function createConnect(parts: ConnectParts): Connect {
  const byHand = () => Promise.reject(new ConnectError('no_file', 'This tool is connected by hand: follow its steps.'));
  return {
    list: async () => ({ tools: [], defaultModel: await parts.defaultModel(), baseUrl: parts.baseUrl() }),
    get: byHand,
    plan: byHand,
    apply: byHand,
    undo: byHand,
    createKey: byHand,
    check: byHand,
  };
}
