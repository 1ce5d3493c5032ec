/** The messages of a request. Results of tools become messages of role `tool`, each in its place. */
import type { Message } from '../../../core/call.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import { asText } from '../../../core/json-value.ts';
import type { Part, ToolCallPart } from '../../../core/part.ts';
import { invalid } from '../../json/request-body.ts';
import { toCacheMark } from './cache-mark.ts';
import { toParts } from './decode-parts.ts';
import { toToolCall } from './decode-tool-call.ts';
import { asJsonObject, asList, optional } from './json.ts';
import { readReasoning } from './reasoning-details.ts';

/** Throws GatehouseError invalid_request. */
export function toMessages(value: Json | undefined): readonly Message[] {
  if (!Array.isArray(value)) throw invalid('messages', '"messages" must be a list');
  const history = new ToolHistory();
  return value.map((entry, place) => {
    const param = `messages[${place}]`;
    const message = asJsonObject(entry);
    if (message === undefined) throw invalid(param, `"${param}" must be an object`);
    return toMessage(message, param, history);
  });
}

function toMessage(message: JsonObject, param: string, history: ToolHistory): Message {
  const name = optional('name', asText(message.name));
  const { role } = message;
  switch (role) {
    case 'system':
    case 'developer':
    case 'user':
      return { role, parts: marked(toParts(message.content, `${param}.content`), message), ...name };
    case 'assistant':
      return { role, parts: marked(assistantParts(message, param, history), message), ...name };
    case 'tool':
    case 'function':
      return { role: 'tool', parts: [history.result(message, param)] };
    default:
      throw invalid(`${param}.role`, `"${param}.role" must be system, developer, user, assistant or tool`);
  }
}

/** A mark on the whole message ends its prefix behind the last part. */
function marked(parts: readonly Part[], message: JsonObject): readonly Part[] {
  const { cache } = toCacheMark(message);
  const last = parts.at(-1);
  if (cache === undefined || last === undefined) return parts;
  return [...parts.slice(0, -1), { ...last, cache } as Part];
}

function assistantParts(message: JsonObject, param: string, history: ToolHistory): readonly Part[] {
  const refusal = asText(message.refusal);
  const audioId = asText(asJsonObject(message.audio)?.id);
  return [
    ...readReasoning(message),
    ...toParts(message.content, `${param}.content`),
    ...(refusal === undefined ? [] : [{ kind: 'refusal', text: refusal } as const]),
    ...(audioId === undefined
      ? []
      : [{ kind: 'foreign', protocol: 'openai-chat', type: 'audio', raw: { audio: { id: audioId } } } as const]),
    ...history.calls(message, param),
  ];
}

/** Names of the calls so far, which results refer to by id; calls of 2023's `function_call` have no id and get one. */
class ToolHistory {
  readonly #names = new Map<string, { name: string; custom: boolean }>();
  readonly #legacyIds = new Map<string, string>();
  #legacyCount = 0;

  calls(message: JsonObject, param: string): readonly ToolCallPart[] {
    const list = message.tool_calls;
    if (list !== undefined && list !== null && !Array.isArray(list)) {
      throw invalid(`${param}.tool_calls`, `"${param}.tool_calls" must be a list`);
    }
    const calls = asList(list).map((entry, place) => this.#call(entry, `${param}.tool_calls[${place}]`));
    const legacy = asJsonObject(message.function_call);
    return legacy === undefined ? calls : [...calls, this.#legacyCall(legacy, `${param}.function_call`)];
  }

  result(message: JsonObject, param: string): Part {
    const callId =
      message.role === 'function' ? this.#legacyIds.get(asText(message.name) ?? '') : asText(message.tool_call_id);
    if (callId === undefined) {
      throw invalid(
        message.role === 'function' ? `${param}.name` : `${param}.tool_call_id`,
        `"${param}" is a tool's result, but does not say of which call`,
      );
    }
    const call = this.#names.get(callId);
    const name = asText(message.name) ?? call?.name;
    return {
      kind: 'tool-result',
      callId,
      ...optional('name', name),
      parts: toParts(message.content, `${param}.content`),
      ...(call?.custom === true ? { custom: true } : {}),
      ...toCacheMark(message),
    };
  }

  #call(entry: Json, param: string): ToolCallPart {
    const object = asJsonObject(entry);
    const call = object === undefined ? undefined : toToolCall(object, '');
    if (call === undefined) throw invalid(param, `"${param}" must name a function and its arguments`);
    if (call.id === '') throw invalid(`${param}.id`, `"${param}.id" is missing`);
    this.#names.set(call.id, { name: call.name, custom: call.custom === true });
    return call;
  }

  #legacyCall(body: JsonObject, param: string): ToolCallPart {
    this.#legacyCount += 1;
    const call = toToolCall({ function: body }, `call_function_${this.#legacyCount}`);
    if (call === undefined) throw invalid(`${param}.name`, `"${param}.name" is missing`);
    this.#legacyIds.set(call.name, call.id);
    this.#names.set(call.id, { name: call.name, custom: false });
    return call;
  }
}
