/** What a message says, read from the raw JSON in the plainest possible way: the expectation, made without our decoder. */

type Json = Record<string, unknown>;

export interface Reading {
  text: string;
  thinking: string;
  signatures: string[];
  tools: { id: string; name: string; input: unknown }[];
  /** Types of all blocks, in their order. */
  types: string[];
  citations: number;
  stop: string | null;
  stopSequence: string | null;
  usage: Json;
  explanation: string | null;
}

interface Block extends Json {
  type: string;
  json?: string;
}

export function readMessage(message: Json): Reading {
  return summarise(message.content as Block[], message, (message.usage ?? {}) as Json);
}

/** `event:`/`data:` frames between blank lines, lines ending in LF. */
export function framesOf(text: string): string[] {
  return (text.match(/[\s\S]*?(?:\n\n|$)/g) ?? []).filter((frame) => frame !== '');
}

export function dataOf(frame: string): Json | undefined {
  const data = [...frame.matchAll(/^data: ?(.*)$/gm)].map((line) => line[1]).join('\n');
  if (data.trim() === '' || data === '[DONE]') return undefined;
  return JSON.parse(data) as Json;
}

/** Of a stream up to its end or its error. */
export function readStream(text: string): Reading {
  const blocks: Block[] = [];
  let usage: Json = {};
  let last: Json = {};
  for (const frame of framesOf(text.replaceAll(/\r\n?/g, '\n'))) {
    if (last.ended === true) break;
    const data = dataOf(frame);
    if (data === undefined) continue;
    if (data.type === 'message_stop') last.ended = true;
    if (data.type === 'message_start') usage = { ...((data.message as Json).usage as Json) };
    if (data.type === 'content_block_start') blocks[data.index as number] = { ...(data.content_block as Block) };
    if (data.type === 'content_block_delta') grow(blocks[data.index as number] as Block, data.delta as Json);
    if (data.type === 'message_delta') {
      last = { ...(data.delta as Json) };
      const later = Object.entries((data.usage ?? {}) as Json).filter(([, value]) => value !== null);
      usage = { ...usage, ...Object.fromEntries(later) };
    }
  }
  return summarise(blocks, last, usage);
}

function grow(block: Block, delta: Json): void {
  if (delta.type === 'text_delta') block.text = `${block.text ?? ''}${delta.text}`;
  if (delta.type === 'thinking_delta') block.thinking = `${block.thinking ?? ''}${delta.thinking}`;
  if (delta.type === 'signature_delta') block.signature = delta.signature;
  if (delta.type === 'input_json_delta') block.json = `${block.json ?? ''}${delta.partial_json}`;
  if (delta.type === 'citations_delta') block.citations = [...((block.citations as unknown[]) ?? []), delta.citation];
}

function summarise(blocks: Block[], end: Json, usage: Json): Reading {
  const of = (type: string) => blocks.filter((block) => block.type === type);
  return {
    text: of('text')
      .map((block) => block.text)
      .join('|'),
    thinking: of('thinking')
      .map((block) => block.thinking)
      .join('|'),
    signatures: [
      ...of('thinking').map((block) => block.signature),
      ...of('redacted_thinking').map((block) => block.data),
    ]
      .map((signature) => String(signature ?? ''))
      .sort(),
    tools: of('tool_use').map((block) => ({
      id: String(block.id),
      name: String(block.name),
      input: block.json === undefined || block.json === '' ? block.input : parsed(block.json),
    })),
    types: blocks.map((block) => block.type),
    citations: blocks.reduce((sum, block) => sum + (Array.isArray(block.citations) ? block.citations.length : 0), 0),
    stop: (end.stop_reason as string | null) ?? null,
    stopSequence: typeof end.stop_sequence === 'string' ? end.stop_sequence : null,
    usage,
    explanation: ((end.stop_details as Json | null)?.explanation as string | null) ?? null,
  };
}

/** Input that the token limit cut is no JSON; then the text itself is compared. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
