/** Short words for calls, and what they become on Bedrock. */
import { expect } from 'vitest';
import type { Call, Message, Tool } from '../../../../proxy/core/call.ts';
import type { JsonObject } from '../../../../proxy/core/json.ts';
import type { Part } from '../../../../proxy/core/part.ts';
import { Warnings } from '../../../../proxy/core/warnings.ts';
import { encodeRequest } from '../../../../proxy/protocols/bedrock-converse/encode-request.ts';
import type { Quirks } from '../../../../proxy/protocols/translation.ts';
import { described, violations } from '../../../conformance/bedrock-converse/api-description.ts';

export const CLAUDE = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
export const CLAUDE_37 = 'anthropic.claude-3-7-sonnet-20250219-v1:0';
export const CLAUDE_5 = 'us.anthropic.claude-sonnet-5';
export const NOVA = 'us.amazon.nova-lite-v1:0';
export const NOVA_2 = 'us.amazon.nova-2-lite-v1:0';
export const LLAMA = 'us.meta.llama3-3-70b-instruct-v1:0';
export const GPT_OSS = 'openai.gpt-oss-120b-1:0';
export const MISTRAL = 'mistral.mistral-large-2407-v1:0';
export const PROFILE = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456';

export const text = (words: string): Part => ({ kind: 'text', text: words });
export const user = (...parts: Part[]): Message => ({ role: 'user', parts });
export const assistant = (...parts: Part[]): Message => ({ role: 'assistant', parts });
export const system = (...parts: Part[]): Message => ({ role: 'system', parts });
export const calls = (id: string, json = '{}', name = 'look_up'): Part => ({
  kind: 'tool-call',
  id,
  name,
  arguments: json,
});
export const result = (callId: string, ...parts: Part[]): Part => ({ kind: 'tool-result', callId, parts });
export const tool = (name: string, more: Partial<Tool> = {}): Tool => ({
  kind: 'function',
  name,
  schema: { type: 'object' },
  ...more,
});
export const spec = (name: string, more: JsonObject = {}) => ({
  toolSpec: { name, inputSchema: { json: { type: 'object' } }, ...more },
});

export function encode(given: Partial<Call>, model = CLAUDE, quirks: Quirks = {}, maxOutputTokens?: number) {
  const warnings = new Warnings();
  const call: Call = { model: 'asked', stream: false, messages: [user(text('Hi'))], tools: [], ...given };
  const limit = maxOutputTokens === undefined ? {} : { maxOutputTokens };
  const { body, headers } = encodeRequest(call, { model, quirks, ...limit }, warnings);
  if (described) expect(violations('ConverseRequest', JSON.parse(body.toString()))).toEqual([]);
  return {
    text: body.toString(),
    body: JSON.parse(body.toString()) as Record<string, unknown>,
    headers,
    warnings: warnings.list().map(({ code, field }) => (field === undefined ? code : `${code} ${field}`)),
  };
}

export const refusal = (given: Partial<Call>, model = CLAUDE) => expect(() => encode(given, model));
