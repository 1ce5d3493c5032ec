/** A tool call in a message: of the history or of an answer. */
import type { Json, JsonObject } from '../../../core/json.ts';
import { asText } from '../../../core/json-value.ts';
import type { ToolCallPart } from '../../../core/part.ts';
import { toCacheMark } from './cache-mark.ts';
import { asJsonObject, optional } from './json.ts';

/** Some servers send the arguments as an object although the protocol says text. */
export function argumentsText(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** Undefined without a name. `id` stands in where the server gave none (Gemini's compatible API). */
export function toToolCall(call: JsonObject, id: string): ToolCallPart | undefined {
  const custom = asJsonObject(call.custom);
  const body = custom ?? asJsonObject(call.function);
  const name = asText(body?.name);
  if (body === undefined || name === undefined) return undefined;
  return {
    kind: 'tool-call',
    id: asText(call.id) ?? id,
    name,
    arguments: custom === undefined ? argumentsText(body.arguments) : argumentsText(body.input),
    ...(custom === undefined ? {} : { custom: true }),
    ...toSignature(call),
    ...toCacheMark(call),
  };
}

/** Gemini's proof of a call, where its compatible API and the clients that know it carry it. */
export function toSignature(from: JsonObject): Pick<ToolCallPart, 'signature' | 'origin'> {
  const google = asJsonObject(asJsonObject(from.extra_content)?.google);
  const signature = asText(google?.thought_signature) ?? asText(from.thought_signature);
  return signature === undefined ? {} : { signature, ...optional('origin', 'gemini' as const) };
}
