/** What a response says, read from its JSON by hand and not by the code under test. */

export type Json = Record<string, unknown>;

export interface Reading {
  readonly texts: readonly string[];
  readonly refusals: readonly string[];
  /** Of what the model thought, in order. */
  readonly thinking: readonly string[];
  readonly encrypted: readonly string[];
  readonly calls: readonly { readonly id: unknown; readonly name: unknown; readonly input: unknown }[];
  readonly citations: readonly unknown[];
  /** Types of items that only this protocol has. */
  readonly others: readonly unknown[];
  readonly finish: { readonly unified: string; readonly raw: string } | undefined;
  readonly usage: Readonly<Record<string, number>> | undefined;
}

const OWN = new Set(['message', 'reasoning', 'function_call', 'custom_tool_call']);
const list = (value: unknown) => (Array.isArray(value) ? (value as Json[]) : []);

export function readResponse(response: Json): Reading {
  const output = list(response.output);
  const of = (type: string) => output.filter((item) => item.type === type);
  const content = of('message').flatMap((item) => list(item.content));
  const calls = output.filter((item) => item.type === 'function_call' || item.type === 'custom_tool_call');
  return {
    texts: content.filter((part) => part.type === 'output_text').map((part) => String(part.text)),
    refusals: content.filter((part) => part.type === 'refusal').map((part) => String(part.refusal)),
    thinking: of('reasoning').flatMap((item) =>
      [...list(item.summary), ...list(item.content)].map((part) => String(part.text)),
    ),
    encrypted: of('reasoning').flatMap((item) => (item.encrypted_content ? [String(item.encrypted_content)] : [])),
    calls: calls.map((item) => ({ id: item.call_id, name: item.name, input: item.arguments ?? item.input })),
    citations: content.flatMap((part) => list(part.annotations)),
    others: output.filter((item) => !OWN.has(String(item.type))).map((item) => item.type),
    finish: finishOf(response, calls.length > 0),
    usage: usageOf(response.usage as Json | undefined, output),
  };
}

function finishOf(response: Json, calls: boolean): Reading['finish'] {
  if (response.status === 'completed') return { unified: calls ? 'tool-calls' : 'stop', raw: 'completed' };
  if (response.status !== 'incomplete') return undefined;
  const raw = String((response.incomplete_details as Json).reason);
  return {
    unified: raw === 'max_output_tokens' ? 'length' : raw === 'content_filter' ? 'content-filter' : 'other',
    raw,
  };
}

/** Tools that are billed by the piece. Every search of the recordings is one, none opens a page. */
function usesOf(items: readonly Json[]): Readonly<Record<string, number>> {
  const count = (...types: string[]) => items.filter(({ type }) => types.includes(String(type))).length;
  const [searches, others] = [count('web_search_call'), count('file_search_call', 'code_interpreter_call')];
  return { ...(searches === 0 ? {} : { webSearches: searches }), ...(others === 0 ? {} : { otherToolUses: others }) };
}

/** By hand: every total of the recordings includes its parts. */
function usageOf(usage: Json | undefined, items: readonly Json[]): Reading['usage'] {
  if (usage === undefined) return undefined;
  const input = usage.input_tokens_details as Record<string, number>;
  const output = usage.output_tokens_details as Record<string, number>;
  const cached = Number(input.cached_tokens);
  const written = input.cache_write_tokens;
  return {
    inputTokens: Number(usage.input_tokens) - cached - (written ?? 0),
    cacheReadTokens: cached,
    ...(written === undefined ? {} : { cacheWriteTokens: written }),
    outputTokens: Number(usage.output_tokens) - Number(output.reasoning_tokens),
    reasoningTokens: Number(output.reasoning_tokens),
    ...usesOf(items),
  };
}

/** The `data:` objects of a stream, in order. */
export function dataOf(text: string): Json[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length).trim())
    .filter((data) => data !== '[DONE]')
    .map((data) => JSON.parse(data) as Json);
}

/** A stream says all of it again in its last event; the texts are taken from the deltas, the rest from there. */
export function readStream(text: string): Reading {
  const events = dataOf(text);
  const last = events.find(({ type }) => type === 'response.completed' || type === 'response.incomplete');
  if (last === undefined) throw new Error('the stream has no last event');
  const whole = readResponse(last.response as Json);
  // The items' own ends have the encrypted thinking that belongs to what was streamed; the last event encrypts it anew.
  const items = events.filter(({ type }) => type === 'response.output_item.done').map(({ item }) => item as Json);
  return {
    ...whole,
    texts: deltas(events, 'response.output_text.delta'),
    thinking: deltas(events, 'response.reasoning_summary_text.delta'),
    calls: whole.calls.map((call, index) => ({ ...call, input: argumentsOf(events)[index] })),
    encrypted: readResponse({ output: items }).encrypted,
  };
}

/** Joined by the place they belong to. */
function deltas(events: readonly Json[], type: string): string[] {
  const places = new Map<string, string>();
  for (const event of events.filter((each) => each.type === type)) {
    const place = [event.output_index, event.content_index ?? event.summary_index].join(' ');
    places.set(place, (places.get(place) ?? '') + String(event.delta));
  }
  return [...places.values()];
}

function argumentsOf(events: readonly Json[]): string[] {
  return deltas(events, 'response.function_call_arguments.delta');
}
