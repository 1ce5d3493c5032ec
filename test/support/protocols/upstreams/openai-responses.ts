import { eventFrame, type Fields, listOf, objectOf, ofDataUrl, parse, textOf, unmatched } from './fields.ts';
import { halves, type Said, SIGNATURE, TOKENS, type UpstreamWire } from './script.ts';

const USAGE = {
  input_tokens: TOKENS.input,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: TOKENS.output,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: TOKENS.input + TOKENS.output,
};
const MODEL = 'gpt-5-codex';

const response = (status: string, output: readonly Fields[], usage: Fields | null) => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  model: MODEL,
  status,
  error: null,
  incomplete_details: null,
  output,
  usage,
});

interface Item {
  readonly whole: Fields;
  readonly start: Fields;
  readonly events: readonly Fields[];
}

function reasoningItem(thought: readonly string[]): Item {
  const item = { type: 'reasoning', id: 'rs_1' };
  const part = { type: 'summary_text', text: thought.join('') };
  const at = { item_id: 'rs_1', summary_index: 0 };
  return {
    whole: { ...item, summary: [part], encrypted_content: SIGNATURE },
    start: { ...item, summary: [], encrypted_content: '' },
    events: [
      { type: 'response.reasoning_summary_part.added', ...at, part: { type: 'summary_text', text: '' } },
      ...thought.map((delta) => ({ type: 'response.reasoning_summary_text.delta', ...at, delta })),
      { type: 'response.reasoning_summary_text.done', ...at, text: part.text },
      { type: 'response.reasoning_summary_part.done', ...at, part },
    ],
  };
}

function messageItem(text: readonly string[]): Item {
  const item = { type: 'message', id: 'msg_1', role: 'assistant' };
  const part = { type: 'output_text', text: text.join(''), annotations: [] };
  const at = { item_id: 'msg_1', content_index: 0 };
  return {
    whole: { ...item, status: 'completed', content: [part] },
    start: { ...item, status: 'in_progress', content: [] },
    events: [
      { type: 'response.content_part.added', ...at, part: { ...part, text: '' } },
      ...text.map((delta) => ({ type: 'response.output_text.delta', ...at, delta })),
      { type: 'response.output_text.done', ...at, text: part.text },
      { type: 'response.content_part.done', ...at, part },
    ],
  };
}

function callItem({ name, args }: { name: string; args: unknown }, place: number): Item {
  const item = { type: 'function_call', id: `fc_${place}`, call_id: `call_${place}`, name };
  const text = JSON.stringify(args);
  const at = { item_id: `fc_${place}` };
  return {
    whole: { ...item, status: 'completed', arguments: text },
    start: { ...item, status: 'in_progress', arguments: '' },
    events: [
      ...halves(text).map((delta) => ({ type: 'response.function_call_arguments.delta', ...at, delta })),
      { type: 'response.function_call_arguments.done', ...at, arguments: text },
    ],
  };
}

const itemsOf = (said: Said): Item[] => [
  ...(said.thought === undefined ? [] : [reasoningItem(said.thought)]),
  ...(said.text === undefined ? [] : [messageItem(said.text)]),
  ...(said.calls ?? []).map(callItem),
];

const outputText = (output: unknown): string =>
  typeof output === 'string'
    ? output
    : listOf(output)
        .map((part) => textOf(part.text))
        .join('');

export const openAiResponsesUpstream: UpstreamWire = {
  protocol: 'openai-responses',
  // One of those that answer on this API only, so that clients of the chat protocol are translated too.
  provider: { kind: 'openai', model: MODEL, basePath: '/v1', secret: 'sk-test-0123456789abcdef' },
  streamType: 'text/event-stream',

  understand({ url, headers, body }) {
    const request = parse(body);
    const items =
      typeof request.input === 'string' ? [{ role: 'user', content: request.input }] : listOf(request.input);
    const calls = items.filter(({ type }) => type === 'function_call');
    const results = items.filter(({ type }) => type === 'function_call_output');
    const format = objectOf(objectOf(request.text).format);
    return {
      stream: request.stream === true,
      images: items
        .flatMap((item) => listOf(item.content))
        .filter(({ type }) => type === 'input_image')
        .map((part) => ofDataUrl(part.image_url)),
      results: results.map(({ output }) => outputText(output)),
      signatures: items.map((item) => textOf(item.encrypted_content)).filter((text) => text !== ''),
      ...(format.type === 'json_schema' ? { output: { schema: format.schema } } : {}),
      problems: [
        ...(url === '/v1/responses' ? [] : [`no such path: ${url}`]),
        ...(headers.authorization === `Bearer ${this.provider.secret}` ? [] : ['no key']),
        ...(request.model === MODEL ? [] : ['no such model']),
        ...(items.length > 0 ? [] : ['no input']),
        ...(format.type === 'json_schema' && textOf(format.name) === '' ? ['a schema without a name'] : []),
        ...unmatched(
          calls.map((call) => textOf(call.call_id)),
          results.map((result) => textOf(result.call_id)),
        ),
      ],
    };
  },

  whole: (said) =>
    response(
      'completed',
      itemsOf(said).map(({ whole }) => whole),
      said.usage ?? USAGE,
    ),

  stream(said) {
    const items = itemsOf(said);
    const all: Fields[] = [
      { type: 'response.created', response: response('in_progress', [], null) },
      { type: 'response.in_progress', response: response('in_progress', [], null) },
      ...items.flatMap(({ start, whole, events }, place) => [
        { type: 'response.output_item.added', output_index: place, item: start },
        ...events.map((event) => ({ ...event, output_index: place })),
        { type: 'response.output_item.done', output_index: place, item: whole },
      ]),
      {
        type: 'response.completed',
        response: response(
          'completed',
          items.map(({ whole }) => whole),
          said.usage ?? USAGE,
        ),
      },
    ];
    return all.map((event, place) => eventFrame({ ...event, sequence_number: place }, textOf(event.type)));
  },

  error: (status) => ({ error: { message: `scripted ${status}`, type: 'scripted', param: null, code: null } }),
};
