/** Output items as clients read them, in one place for whole answers and for streams. */
import type { Json, JsonObject } from '../../core/json.ts';
import { unwrapInput } from './custom-input.ts';
import type { ToolIdentity } from './tool-names.ts';

export type ItemStatus = 'in_progress' | 'completed' | 'incomplete';

export function messageItem(id: string, content: readonly Json[], status: ItemStatus): JsonObject {
  return { id, type: 'message', status, role: 'assistant', content };
}

export function textContent(text: string, annotations: readonly JsonObject[], logprobs: readonly Json[]): JsonObject {
  return { type: 'output_text', text, annotations, logprobs };
}

export function refusalContent(refusal: string): JsonObject {
  return { type: 'refusal', refusal };
}

export function summaryText(text: string): JsonObject {
  return { type: 'summary_text', text };
}

export function reasoningItem(id: string, summary: readonly JsonObject[], encrypted: string | undefined): JsonObject {
  return { id, type: 'reasoning', summary, ...(encrypted === undefined ? {} : { encrypted_content: encrypted }) };
}

export function toolCallItem(
  id: string,
  callId: string,
  tool: ToolIdentity,
  input: string,
  status: ItemStatus,
): JsonObject {
  const group = tool.namespace === undefined ? {} : { namespace: tool.namespace };
  const about = { id, status, call_id: callId, name: tool.name, ...group };
  return tool.custom
    ? { ...about, type: 'custom_tool_call', input }
    : { ...about, type: 'function_call', arguments: input };
}

/** What the model wrote as arguments, as the tool takes it. Clients parse the arguments of a function, so empty ones are `{}`. */
export function toolInput(tool: ToolIdentity, written: string, native: boolean): string {
  if (tool.custom) return native ? written : unwrapInput(written);
  return written.trim() === '' ? '{}' : written;
}

export function imageItem(id: string, mediaType: string, data: string): JsonObject {
  return {
    id,
    type: 'image_generation_call',
    status: 'completed',
    output_format: mediaType.replace('image/', ''),
    result: data,
  };
}
