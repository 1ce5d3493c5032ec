/** A request body in one of the many ways to say the same, so that two of them can be compared. */

type Json = Record<string, unknown>;

const object = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;

/** Fields that say nothing, or what would happen anyway. */
const SAYS_NOTHING: Readonly<Record<string, unknown>> = { stream: false, logprobs: false };
/** Asked of every stream by the gateway, which hides it from clients that did not ask. */
const GATEWAYS_OWN = ['stream_options'];

export function canonical(body: unknown): Json {
  const { max_tokens, max_completion_tokens, random_seed, ...rest } = withoutNulls(body) as Json;
  const fields = Object.entries({
    ...rest,
    ...(max_tokens === undefined && max_completion_tokens === undefined
      ? {}
      : { limit: max_completion_tokens ?? max_tokens }),
    ...(random_seed === undefined ? {} : { seed: random_seed }),
  }).filter(([key, value]) => SAYS_NOTHING[key] !== value && !GATEWAYS_OWN.includes(key));
  const request: Json = Object.fromEntries(fields);
  if (typeof request.stop === 'string') request.stop = [request.stop];
  // OpenRouter knows both names.
  if (request.reasoning_effort !== undefined) {
    request.reasoning = { ...object(request.reasoning), effort: request.reasoning_effort };
    delete request.reasoning_effort;
  }
  request.tools &&= (request.tools as Json[]).map((tool) => ({ type: 'function', ...tool }));
  if (request.tool_choice === 'any') request.tool_choice = 'required';
  request.messages = (request.messages as Json[]).map(canonicalMessage);
  return request;
}

/** Null is "not said" in every field of these requests; schemas are left alone. */
function withoutNulls(value: unknown, key = ''): unknown {
  if (key === 'parameters' || key === 'schema') return value;
  if (Array.isArray(value)) return value.map((entry) => withoutNulls(entry));
  const fields = object(value);
  if (fields === undefined) return value;
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, inner]) => inner !== null)
      .map(([name, inner]) => [name, withoutNulls(inner, name)]),
  );
}

function canonicalMessage(message: Json): Json {
  const { content, cache_control, prefix: _prefix, annotations: _annotations, ...rest } = message;
  // A result's name is told by its call.
  if (rest.role === 'tool') delete rest.name;
  const calls = rest.tool_calls as Json[] | undefined;
  const parts = partsOf(content);
  const last = parts.at(-1);
  if (cache_control !== undefined && last !== undefined) last.cache_control = cache_control;
  return {
    ...rest,
    ...(parts.length === 0 ? {} : { content: parts }),
    ...(calls === undefined ? {} : { tool_calls: calls.map(({ index: _index, ...call }) => call) }),
  };
}

function partsOf(content: unknown): Json[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }];
  return Array.isArray(content) ? (content as Json[]).map((part) => ({ ...part })) : [];
}
