/** Who makes a call, as routing asks: the key and its labels, the conversation, and the mode the request asks for. */
import type { IncomingHttpHeaders } from 'node:http';
import { type Mode, mode } from '../contract/config.ts';
import { GatehouseError } from '../core/errors.ts';
import type { Caller } from '../routing/types.ts';
import type { Inbound } from './types.ts';

/** How clients name their conversations: our own header first, then Claude Code, Codex, opencode and pi. */
const SESSION_HEADERS = [
  'x-gatehouse-session',
  'x-claude-code-session-id',
  'session-id',
  'session_id',
  'thread-id',
  'x-session-id',
  'x-session-affinity',
];
const SESSION_CHARACTERS_MAX = 200;

/** Throws GatehouseError invalid_request for a mode that there is not. */
export function callerOf({ identity, headers }: Inbound): Caller {
  const { accessKeyId, project, client, policy } = identity;
  const session = sessionOf(headers);
  const wanted = modeOf(headers);
  return {
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
    ...(project === undefined ? {} : { project }),
    ...(client === undefined ? {} : { client }),
    ...(session === undefined ? {} : { session }),
    ...(wanted === undefined ? {} : { mode: wanted }),
    ...(policy === undefined ? {} : { policy }),
  };
}

function sessionOf(headers: IncomingHttpHeaders): string | undefined {
  for (const name of SESSION_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string' && value !== '') return value.slice(0, SESSION_CHARACTERS_MAX);
  }
  return undefined;
}

function modeOf(headers: IncomingHttpHeaders): Mode | undefined {
  const value = headers['x-gatehouse-mode'];
  if (value === undefined) return undefined;
  const parsed = mode.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new GatehouseError('invalid_request', `the header x-gatehouse-mode must be one of ${mode.options.join(', ')}`, {
    param: 'x-gatehouse-mode',
  });
}
