/** What the recordings hold rarely or never: answers of every part and every end, and requests whose wishes show in the answer. */
import type { Answer, AnswerChoice, AnswerEvent, BlockHead } from '../../../proxy/core/answer.ts';
import type { FinishReason } from '../../../proxy/core/finish-reason.ts';
import type { Part } from '../../../proxy/core/part.ts';
import { DIALECTS } from '../../../proxy/protocols/dialects.ts';
import { documentsOf, type Emitted, type SpecClient } from './clients.ts';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const STOP: FinishReason = { unified: 'stop', raw: 'stop' };
const CALLS: FinishReason = { unified: 'tool-calls', raw: 'tool_calls' };
const USAGE = { inputTokens: 5, outputTokens: 7 };

const TEXT: Part = { kind: 'text', text: 'Hello, Wörld.' };
const CALL: Part = { kind: 'tool-call', id: 'call_1', name: 'look', arguments: '{"at":"sea"}' };
const CUSTOM: Part = { kind: 'tool-call', id: 'call_2', name: 'patch', arguments: '*** Begin', custom: true };
const NAMESPACED: Part = { kind: 'tool-call', id: 'call_3', name: 'read', namespace: 'files', arguments: '{}' };
const SIGNED: Part = { ...CALL, id: 'call_4', signature: 'c2lnbmF0dXJl', origin: 'gemini' };
const THOUGHT: Part = { kind: 'reasoning', text: 'Well.', signature: 'cHJvb2Y=', origin: 'anthropic-messages' };
const HIDDEN: Part = { kind: 'reasoning', text: '', signature: 'ZW5j', redacted: true, origin: 'anthropic-messages' };
const FOREIGN_THOUGHT: Part = { kind: 'reasoning', text: 'Hm.', summary: true, id: 'rs_1', origin: 'openai-responses' };
const CITED: Part = {
  kind: 'text',
  text: 'The sea is blue.',
  citations: [
    { url: 'https://example.com/sea', title: 'The sea', text: 'blue', start: 4, end: 7 },
    { url: 'https://example.com/untitled' },
    { title: 'A document', text: 'It is blue.' },
  ],
};
const REFUSAL: Part = { kind: 'refusal', text: 'I would rather not.' };
const IMAGE: Part = { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: PNG } };
const IMAGE_URL: Part = { kind: 'image', source: { kind: 'url', url: 'https://example.com/a.png' } };
const AUDIO: Part = {
  kind: 'audio',
  source: { kind: 'base64', mediaType: 'audio/wav', data: 'UklGRg==' },
  transcript: 'Ahoy',
};

const LOGPROBS = {
  content: [
    {
      token: 'Hello',
      logprob: -0.1,
      bytes: [72, 101, 108, 108, 111],
      top_logprobs: [
        { token: 'Hello', logprob: -0.1, bytes: [72, 101, 108, 108, 111] },
        { token: 'Hi', logprob: -2.5, bytes: [72, 105] },
      ],
    },
  ],
  refusal: null,
};

const choice = (parts: readonly Part[], more: Partial<AnswerChoice> = {}): AnswerChoice => ({
  index: 0,
  parts,
  finishReason: parts.some(({ kind }) => kind === 'tool-call') ? CALLS : STOP,
  ...more,
});
const answer = (one: AnswerChoice, more: Partial<Answer> = {}): Answer => ({ choices: [one], usage: USAGE, ...more });
const ending = (unified: FinishReason['unified'], raw: string) =>
  answer(choice([TEXT], { finishReason: { unified, raw } }));

export const ANSWERS: Readonly<Record<string, Answer>> = {
  text: answer(choice([TEXT])),
  'no content': answer(choice([])),
  'an empty text': answer(choice([{ kind: 'text', text: '' }])),
  'a call': answer(choice([CALL])),
  'text and calls': answer(choice([TEXT, CALL, { ...CALL, id: 'call_9' }])),
  'a call without an id and arguments': answer(choice([{ ...CALL, id: '', arguments: '' }])),
  'arguments that are no object': answer(choice([{ ...CALL, arguments: '[1]' }])),
  'arguments cut off': answer(
    choice([{ ...CALL, arguments: '{"at":' }], { finishReason: { unified: 'length', raw: 'length' } }),
  ),
  'a call with a strange id': answer(choice([{ ...CALL, id: 'functions.look:0' }])),
  'a free-text call': answer(choice([CUSTOM])),
  'a call in a namespace': answer(choice([NAMESPACED])),
  'a signed call': answer(choice([SIGNED])),
  thinking: answer(choice([THOUGHT, TEXT]), { usage: { ...USAGE, reasoningTokens: 3 } }),
  'hidden thinking': answer(choice([HIDDEN, TEXT])),
  'thinking in summary': answer(choice([FOREIGN_THOUGHT, { ...FOREIGN_THOUGHT, text: 'So.' }, CALL])),
  citations: answer(choice([CITED, TEXT])),
  'a refusal': answer(choice([REFUSAL])),
  'a refusal beside text': answer(
    choice([TEXT, REFUSAL], { finishReason: { unified: 'content-filter', raw: 'refusal' } }),
  ),
  'an image': answer(choice([TEXT, IMAGE])),
  'an image elsewhere': answer(choice([IMAGE_URL])),
  sound: answer(choice([AUDIO])),
  logprobs: answer(choice([{ kind: 'text', text: 'Hello' }], { logprobs: LOGPROBS })),
  'two answers': answer(choice([TEXT]), { choices: [choice([TEXT]), choice([CALL], { index: 1 })] }),
  'a stop sequence': answer(
    choice([TEXT], { finishReason: { unified: 'stop', raw: 'stop_sequence' }, stopSequence: 'END' }),
  ),
  'all buckets': answer(choice([TEXT]), {
    usage: {
      inputTokens: 1,
      cacheReadTokens: 2,
      cacheWriteTokens: 3,
      cacheWrite1hTokens: 4,
      outputTokens: 5,
      reasoningTokens: 6,
    },
  }),
  'ids and time of its own': answer(choice([TEXT]), { id: 'gen-1', model: 'some/model', created: 1_700_000_000 }),
  'no usage': { choices: [choice([TEXT])] },
  'the end length': ending('length', 'MAX_TOKENS'),
  'the end content-filter': ending('content-filter', 'SAFETY'),
  'the end error': ending('error', 'MALFORMED_FUNCTION_CALL'),
  'the end other': ending('other', 'LANGUAGE'),
  'the end pause_turn': ending('other', 'pause_turn'),
  'the end guardrail_intervened': ending('content-filter', 'guardrail_intervened'),
};

const SCHEMA = {
  type: 'object',
  properties: { at: { type: 'string' } },
  required: ['at'],
  additionalProperties: false,
};

/** What is added to a client's plain request, by client. */
export const WISHES: Readonly<Record<SpecClient['dialect'], Readonly<Record<string, Record<string, unknown>>>>> = {
  'openai-chat': {
    nothing: {},
    functions: { functions: [{ name: 'look', parameters: SCHEMA }], function_call: 'auto' },
    'free-text tools': {
      tools: [
        { type: 'custom', custom: { name: 'patch' } },
        { type: 'function', function: { name: 'look', parameters: SCHEMA } },
      ],
    },
  },
  'openai-responses': {
    nothing: {},
    tools: {
      tools: [
        { type: 'function', name: 'look', parameters: SCHEMA, strict: true },
        { type: 'custom', name: 'patch', format: { type: 'text' } },
        { type: 'namespace', name: 'files', description: 'Files', tools: [{ type: 'function', name: 'read' }] },
      ],
      tool_choice: { type: 'function', name: 'look' },
      parallel_tool_calls: false,
    },
    limits: { temperature: 0.5, top_p: 0.9, max_output_tokens: 99, metadata: { run: '7' }, user: 'u1', store: true },
    schema: { text: { format: { type: 'json_schema', name: 'place', schema: SCHEMA, strict: true } } },
    json: { text: { format: { type: 'json_object' }, verbosity: 'low' } },
    thinking: { reasoning: { effort: 'high', summary: 'detailed' }, include: ['reasoning.encrypted_content'] },
    choice: {
      tools: [{ type: 'function', name: 'look', parameters: SCHEMA, strict: null }],
      tool_choice: { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'look' }] },
    },
    'a free-text tool is chosen': {
      tools: [{ type: 'custom', name: 'patch' }],
      tool_choice: { type: 'custom', name: 'patch' },
    },
  },
  'anthropic-messages': {
    nothing: {},
    thinking: { thinking: { type: 'enabled', budget_tokens: 1024 }, max_tokens: 4096 },
  },
  gemini: { nothing: {} },
};

/** The answer to a client that sent `body`, whole and as a stream of events. */
export function encoded(client: SpecClient, body: unknown, given: Answer): Emitted[] {
  const { client: side } = DIALECTS[client.dialect];
  if (side === undefined) throw new Error(`${client.dialect} is not translated`);
  const call = side.decodeRequest(Buffer.from(JSON.stringify(body)), { model: 'up/m', stream: false });
  let ids = 0;
  const facts = {
    model: 'up/m',
    call,
    createdAt: 1_780_000_000,
    newId: (prefix: string) => {
      ids += 1;
      return `${prefix}${ids}`;
    },
    wantsUsage: true,
  };
  const whole = side.encodeAnswer(given, facts).toString('utf8');
  const encoder = side.encodeStream(facts);
  const stream = Buffer.concat([...eventsOf(given).map((event) => encoder.push(event)), encoder.end()]).toString(
    'utf8',
  );
  return [
    ...documentsOf(client, { status: 200, stream: false, body: whole }),
    ...documentsOf(client, { status: 200, stream: true, body: stream }),
  ];
}

function eventsOf({ id, model, created, choices, usage }: Answer): AnswerEvent[] {
  return [
    {
      type: 'start',
      ...(id === undefined ? {} : { id }),
      ...(model === undefined ? {} : { model }),
      ...(created === undefined ? {} : { created }),
    },
    ...choices.flatMap(choiceEvents),
    ...(usage === undefined ? [] : [{ type: 'usage', usage } as const]),
  ];
}

function choiceEvents({ index, parts, finishReason, stopSequence, logprobs }: AnswerChoice): AnswerEvent[] {
  return [
    ...(logprobs === undefined ? [] : [{ type: 'logprobs', choice: index, logprobs } as const]),
    ...parts.flatMap((part, block) => partEvents(part, index, block)),
    ...(finishReason === undefined
      ? []
      : [
          {
            type: 'finish',
            choice: index,
            finishReason,
            ...(stopSequence === undefined ? {} : { stopSequence }),
          } as const,
        ]),
  ];
}

function partEvents(part: Part, choice: number, block: number): AnswerEvent[] {
  const at = { choice, block };
  const signature = 'signature' in part && part.signature !== undefined ? part.signature : undefined;
  return [
    { type: 'block-start', ...at, part: headOf(part) },
    ...('text' in part && part.text !== undefined && part.kind !== 'file'
      ? [{ type: 'text', ...at, text: part.text } as const]
      : []),
    ...(part.kind === 'tool-call' ? [{ type: 'arguments', ...at, json: part.arguments } as const] : []),
    ...(part.kind === 'text'
      ? (part.citations ?? []).map((citation) => ({ type: 'citation', ...at, citation }) as const)
      : []),
    ...(signature === undefined ? [] : [{ type: 'signature', ...at, signature } as const]),
    { type: 'block-end', ...at },
  ];
}

function headOf(part: Part): BlockHead {
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return { kind: part.kind };
    case 'reasoning': {
      const { text: _text, signature: _signature, ...head } = part;
      return head;
    }
    case 'tool-call': {
      const { arguments: _arguments, signature: _signature, cache: _cache, ...head } = part;
      return head;
    }
    default:
      return { kind: 'whole', part };
  }
}
