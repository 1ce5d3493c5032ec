/** Which conversation a call belongs to. The key lives in memory only and can't be led back to a prompt. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Message } from '../core/call.ts';
import { GatehouseError } from '../core/errors.ts';
import type { Caller, CallShape } from './types.ts';

/** Of this process alone: the same words have another key tomorrow. */
const PROCESS_SECRET = randomBytes(32);
/** Enough to tell conversations apart, and a bound for the time it takes. */
const TEXT_CHARACTERS_MAX = 65_536;

/**
 * The client's own name for it (a session header), else what stays the same from turn to turn: the system text and the
 * first message of the user. Two clients never share a conversation. Undefined: it can't be told.
 */
export function conversationKey(
  shape: Pick<CallShape, 'call'>,
  caller: Caller,
  secret: Buffer = PROCESS_SECRET,
): string | undefined {
  const told = caller.session === undefined ? openingOf(shape) : ['session', caller.session];
  if (told === undefined) return undefined;
  const mac = createHmac('sha256', secret);
  mac.update(JSON.stringify([caller.accessKeyId ?? null, caller.client ?? null, ...told]));
  return mac.digest('base64url');
}

function openingOf(shape: Pick<CallShape, 'call'>): readonly string[] | undefined {
  const messages = decoded(shape);
  const first = messages?.find(({ role }) => role === 'user');
  if (messages === undefined || first === undefined) return undefined;
  const system = messages.filter(({ role }) => role === 'system' || role === 'developer');
  return ['opening', ...[...system, first].map(textOf)];
}

/** A call that can't be decoded may still be one that its provider understands: it just belongs to no conversation. */
function decoded(shape: Pick<CallShape, 'call'>): readonly Message[] | undefined {
  try {
    return shape.call()?.messages;
  } catch (error) {
    if (error instanceof GatehouseError) return undefined;
    throw error;
  }
}

function textOf({ parts }: Message): string {
  let text = '';
  for (const part of parts) {
    if (part.kind === 'text') text += part.text;
    if (text.length > TEXT_CHARACTERS_MAX) return text.slice(0, TEXT_CHARACTERS_MAX);
  }
  return text;
}
