/** What a chat completion says, read by the plainest means: JSON.parse, a loop, no code of the product. */

type Json = Record<string, unknown>;

export interface CallReading {
  name: string | undefined;
  arguments: string;
}

export interface ChoiceReading {
  text: string;
  reasoning: string;
  refusal: string;
  readonly calls: CallReading[];
  /** Of all calls, in the order in which the pieces came. */
  arguments: string;
  finish: string | undefined;
}

export interface Reading {
  readonly choices: ReadonlyMap<number, ChoiceReading>;
  readonly usage: Json | undefined;
  readonly failed: boolean;
  readonly done: boolean;
  /** A frame was no JSON object, before the end or an error. */
  readonly malformed: boolean;
}

const object = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const blank = (): ChoiceReading => ({
  text: '',
  reasoning: '',
  refusal: '',
  calls: [],
  arguments: '',
  finish: undefined,
});

/** Undefined: no JSON. */
export function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

function addMessage(choice: ChoiceReading, message: Json): void {
  const details = list(message.reasoning_details).map(object);
  const detailed = details.map((detail) => text(detail?.text) + text(detail?.summary)).join('');
  choice.reasoning += detailed || text(message.reasoning_content) || text(message.reasoning);
  choice.text += text(message.content);
  for (const part of list(message.content).map(object)) {
    if (part?.type === 'text') choice.text += text(part.text);
    for (const piece of list(part?.thinking).map(object)) choice.reasoning += text(piece?.text);
  }
  choice.refusal += text(message.refusal);
  const legacy = object(message.function_call);
  const calls = [
    ...list(message.tool_calls).map(object),
    ...(legacy === undefined ? [] : [{ index: 0, function: legacy }]),
  ];
  calls.forEach((call) => {
    addCall(choice, call);
  });
}

/** In these recordings a piece with a name begins a call, and one without goes on with the last. */
function addCall(choice: ChoiceReading, call: Json | undefined): void {
  const body = object(call?.function);
  const name = text(body?.name) || undefined;
  const last = choice.calls.at(-1);
  choice.arguments += text(body?.arguments);
  const goesOn = last !== undefined && (name === undefined || last.name === undefined);
  if (!goesOn) choice.calls.push({ name, arguments: text(body?.arguments) });
  else {
    last.name ??= name;
    last.arguments += text(body?.arguments);
  }
}

export function readPlain(body: Buffer): Reading {
  const answer = object(parsed(body.toString('utf8')));
  const choices = new Map<number, ChoiceReading>();
  list(answer?.choices).forEach((entry, place) => {
    const raw = object(entry);
    const choice = blank();
    addMessage(choice, object(raw?.message) ?? {});
    choice.finish = text(raw?.finish_reason) || undefined;
    choices.set(typeof raw?.index === 'number' ? raw.index : place, choice);
  });
  return {
    choices,
    usage: object(answer?.usage),
    failed: answer?.error !== undefined,
    done: true,
    malformed: answer === undefined,
  };
}

/** The `data` of every event, by the rules of the HTML standard; the end of the stream ends an event too. */
export function eventsOf(body: Buffer): { event: string; data: string }[] {
  const lines = body.toString('utf8').split(/\r\n|\r|\n/);
  const events: { event: string; data: string }[] = [];
  let data: string[] = [];
  let event = '';
  for (const line of [...lines, '']) {
    if (line === '') {
      if (data.length > 0 && data.join('\n') !== '') events.push({ event, data: data.join('\n') });
      data = [];
      event = '';
    }
    const [, name, value = ''] = /^([^:]*)(?::[ ]?([\s\S]*))?$/.exec(line) ?? [];
    if (name === 'data') data.push(value);
    if (name === 'event') event = value;
  }
  return events;
}

export function readStream(body: Buffer): Reading {
  const choices = new Map<number, ChoiceReading>();
  let usage: Json | undefined;
  let failed = false;
  let done = false;
  let malformed = false;
  for (const { event, data } of eventsOf(body)) {
    if (data.trim() === '[DONE]') {
      done = true;
      continue;
    }
    const chunk = object(parsed(data));
    const over = done || failed || malformed;
    if (over && chunk === undefined) continue;
    if (chunk === undefined) {
      malformed = event !== 'error';
      failed ||= !malformed;
      continue;
    }
    usage = object(chunk.usage) ?? object(object(chunk.x_groq)?.usage) ?? usage;
    if (over) continue;
    list(chunk.choices).forEach((entry, place) => {
      const raw = object(entry);
      if (raw === undefined) return;
      const index =
        typeof raw.index === 'number' && Number.isSafeInteger(raw.index) && raw.index >= 0 ? raw.index : place;
      const choice = choices.get(index) ?? blank();
      choices.set(index, choice);
      addMessage(choice, object(raw.delta) ?? object(raw.message) ?? {});
      choice.finish = text(raw.finish_reason) || choice.finish;
    });
    failed ||= event === 'error' || (chunk.error !== undefined && chunk.error !== null && chunk.error !== false);
  }
  return { choices, usage, failed, done, malformed };
}

/** What may cost beside the buckets; a 0 is told of drawn images only. */
function extrasOf(usage: Json): Json {
  const input = object(usage.prompt_tokens_details) ?? {};
  const output = object(usage.completion_tokens_details) ?? {};
  return {
    audioInputTokens: input.audio_tokens || undefined,
    imageInputTokens: input.image_tokens || undefined,
    audioOutputTokens: output.audio_tokens || undefined,
    imageOutputTokens: output.image_tokens ?? undefined,
    webSearches: object(usage.server_tool_use_details)?.web_search_requests || undefined,
    otherToolUses: usage.num_sources_used || undefined,
  };
}

/** The buckets by hand, from the numbers as each provider documents them. */
export function bucketsOf(usage: Json): Json {
  const count = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
  const promptDetails = object(usage.prompt_tokens_details);
  const prompt = count(usage.prompt_tokens);
  const completion = count(usage.completion_tokens);
  const total = count(usage.total_tokens);
  const cached = count(promptDetails?.cached_tokens) ?? count(usage.cached_tokens) ?? count(usage.num_cached_tokens);
  const written = count(promptDetails?.cache_write_tokens);
  const thought = count(object(usage.completion_tokens_details)?.reasoning_tokens);
  const outside =
    thought !== undefined &&
    prompt !== undefined &&
    completion !== undefined &&
    (total === prompt + completion + thought || (thought > completion && total !== prompt + completion));
  const reasoning = thought === undefined || outside ? thought : Math.min(thought, completion ?? thought);
  const buckets = {
    inputTokens: prompt === undefined ? undefined : prompt - (cached ?? 0) - (written ?? 0),
    cacheReadTokens: cached,
    cacheWriteTokens: written,
    outputTokens: completion === undefined || outside ? completion : completion - (reasoning ?? 0),
    reasoningTokens: reasoning,
    ...extrasOf(usage),
  };
  return Object.fromEntries(Object.entries(buckets).filter(([, value]) => value !== undefined));
}
