/**
 * What Converse insists on between turns, checked before sending so that the refusal says which message is at fault:
 * the user speaks first, and every tool call of a turn is answered in the very next one.
 */
import { GatehouseError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';

export interface EncodedTurn {
  readonly role: 'user' | 'assistant';
  readonly content: readonly JsonObject[];
}

/** Throws GatehouseError invalid_request. Nothing is put in where something is missing: it would be words nobody said. */
export function checkTurns(turns: readonly EncodedTurn[]): void {
  const [first] = turns;
  if (first === undefined) throw invalid('the call has no message with content; send at least one user message');
  if (first.role !== 'user')
    throw invalid('on Bedrock the user speaks first; begin the messages with one of role user');
  turns.forEach((turn, place) => {
    if (turn.role === 'assistant') checkAnswered(idsOf(turn, 'toolUse'), turns[place + 1]);
    else checkAsked(idsOf(turn, 'toolResult'), turns[place - 1]);
  });
}

function checkAnswered(calls: readonly string[], next: EncodedTurn | undefined): void {
  const answered = new Set(next === undefined ? [] : idsOf(next, 'toolResult'));
  const missing = calls.find((id) => !answered.has(id));
  if (missing !== undefined) {
    throw invalid(
      `the tool call ${missing} has no result in the message after it; send its result, also when it failed`,
    );
  }
}

function checkAsked(results: readonly string[], before: EncodedTurn | undefined): void {
  const asked = new Set(before === undefined ? [] : idsOf(before, 'toolUse'));
  const stray = results.find((id) => !asked.has(id));
  if (stray !== undefined) {
    throw invalid(
      `the tool result for ${stray} does not follow a message that calls that tool; send the call before it`,
    );
  }
}

/** Tools that the provider ran itself are answered inside the same turn. */
function idsOf(turn: EncodedTurn, kind: 'toolUse' | 'toolResult'): readonly string[] {
  return turn.content.flatMap((block) => {
    const inner = asObject(block[kind]);
    const id = asText(inner?.toolUseId);
    const byProvider = kind === 'toolUse' ? inner?.type === 'server_tool_use' : inner?.type !== undefined;
    return id === undefined || byProvider ? [] : [id];
  });
}

function invalid(message: string): GatehouseError {
  return new GatehouseError('invalid_request', message, { param: 'messages' });
}
