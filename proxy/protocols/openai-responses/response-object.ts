/** The response around the output items. */
import type { Call, OutputFormat } from '../../core/call.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Protocol } from '../../core/protocol.ts';
import type { EncodeFacts } from '../translation.ts';
import type { WireUsage } from './usage.ts';

export interface ResponseState {
  readonly id: string;
  readonly model: string;
  readonly createdAt: number;
  readonly status: 'in_progress' | 'completed' | 'incomplete' | 'failed';
  readonly output: readonly JsonObject[];
  readonly usage: WireUsage | null;
  readonly incompleteDetails: { readonly reason: string } | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** What the client asked for is repeated as OpenAI does, but for the conversation and the tools, which it knows. */
export function responseObject(state: ResponseState, { call }: EncodeFacts): JsonObject {
  return {
    id: state.id,
    object: 'response',
    created_at: state.createdAt,
    status: state.status,
    background: false,
    error: state.error,
    incomplete_details: state.incompleteDetails,
    instructions: null,
    max_output_tokens: call.maxOutputTokens ?? null,
    model: state.model,
    output: state.output,
    parallel_tool_calls: call.parallelToolCalls ?? true,
    previous_response_id: null,
    reasoning: { effort: call.reasoning?.effort ?? null, summary: call.reasoning?.summary ?? null },
    store: false,
    temperature: call.temperature ?? null,
    text: { format: formatOf(call.output) },
    tool_choice: choiceOf(call),
    tools: [],
    top_p: call.topP ?? null,
    truncation: 'disabled',
    usage: state.usage === null ? null : { ...state.usage },
    ...(call.user === undefined ? {} : { user: call.user }),
    metadata: call.metadata ?? {},
  };
}

function formatOf(output: OutputFormat | undefined): JsonObject {
  if (output === undefined || output.kind === 'text') return { type: 'text' };
  if (output.kind === 'json') return { type: 'json_object' };
  return {
    type: 'json_schema',
    name: output.name ?? 'answer',
    schema: output.schema,
    strict: output.strict ?? false,
  };
}

function choiceOf({ toolChoice }: Call): Json {
  if (toolChoice === undefined) return 'auto';
  if (toolChoice.kind === 'tool') return { type: 'function', name: toolChoice.name };
  if (toolChoice.kind === 'allowed') return toolChoice.required ? 'required' : 'auto';
  return toolChoice.kind;
}

/** An id as this protocol writes them: one that already does stays. */
export function ownId(id: string | undefined, prefix: string, newId: (prefix: string) => string): string {
  return id?.startsWith(prefix) === true ? id : newId(prefix);
}

/** Thinking of this protocol keeps its id, however the provider writes them: it may be asked for by it. */
export function reasoningId(
  { id, origin }: { readonly id?: string; readonly origin?: Protocol },
  newId: (prefix: string) => string,
): string {
  return id !== undefined && origin === 'openai-responses' ? id : ownId(id, 'rs_', newId);
}
