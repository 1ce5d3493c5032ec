/** What a recording says, read from its raw bytes with nothing of the product's own decoder. */
import { crc32 } from 'node:zlib';

export type Json = Record<string, unknown>;

export interface Reading {
  readonly text: string;
  readonly thinking: string;
  readonly signatures: readonly string[];
  readonly redacted: readonly string[];
  readonly calls: readonly { readonly id: string; readonly name: string; readonly input: unknown }[];
  readonly citations: readonly Json[];
  /** Blocks of the provider's own tools, by kind. */
  readonly foreign: readonly string[];
  readonly stopReason: string;
  readonly usage: Json | undefined;
  /** Names of the tools that the provider ran, each once in the recordings. */
  readonly ranTools: readonly string[];
}

export interface Frame {
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Json;
  readonly bytes: Buffer;
}

/** Every header in the recordings is a string (type 7). */
export function framesOf(stream: Buffer): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at < stream.length; ) {
    const length = stream.readUInt32BE(at);
    const headersEnd = at + 12 + stream.readUInt32BE(at + 4);
    const headers: Record<string, string> = {};
    for (let place = at + 12; place < headersEnd; ) {
      const nameEnd = place + 1 + stream.readUInt8(place);
      const valueStart = nameEnd + 3;
      const valueEnd = valueStart + stream.readUInt16BE(nameEnd + 1);
      headers[stream.toString('utf8', place + 1, nameEnd)] = stream.toString('utf8', valueStart, valueEnd);
      place = valueEnd;
    }
    const payload = JSON.parse(stream.toString('utf8', headersEnd, at + length - 4)) as Json;
    frames.push({ headers, payload, bytes: stream.subarray(at, at + length) });
    at += length;
  }
  return frames;
}

/** A message of the stream, written by hand: what the recordings lack (exceptions) and what nobody should send. */
export function frameOf(headers: Readonly<Record<string, string>>, payload: string | Buffer): Buffer {
  const head = Buffer.concat(
    Object.entries(headers).map(([name, value]) => {
      const nameBytes = Buffer.from(name);
      const valueBytes = Buffer.from(value);
      return Buffer.concat([
        Buffer.from([nameBytes.length]),
        nameBytes,
        Buffer.from([7, valueBytes.length >> 8, valueBytes.length & 0xff]),
        valueBytes,
      ]);
    }),
  );
  const body = Buffer.from(payload);
  const prelude = Buffer.alloc(12);
  prelude.writeUInt32BE(16 + head.length + body.length, 0);
  prelude.writeUInt32BE(head.length, 4);
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
  const whole = Buffer.concat([prelude, head, body]);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(whole), 0);
  return Buffer.concat([whole, tail]);
}

export function eventOf(type: string, payload: Json): Buffer {
  const headers = { ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' };
  return frameOf(headers, JSON.stringify(payload));
}

export function readBody(body: Json): Reading {
  const { content } = (body.output as { message: { content: Json[] } }).message;
  const of = (kind: string) => content.flatMap((block) => (kind in block ? [block[kind] as Json] : []));
  const cited = of('citationsContent');
  const uses = of('toolUse');
  const thoughts = of('reasoningContent');
  const spoken = content.flatMap((block) =>
    typeof block.text === 'string'
      ? [block.text]
      : ((block.citationsContent as { content?: { text: string }[] } | undefined)?.content ?? []).map(
          ({ text }) => text,
        ),
  );
  const texts = thoughts.flatMap(({ reasoningText }) => (reasoningText === undefined ? [] : [reasoningText as Json]));
  return {
    text: spoken.join(''),
    thinking: texts.map(({ text }) => String(text)).join(''),
    signatures: texts.flatMap(({ signature }) => (signature === undefined ? [] : [String(signature)])),
    redacted: thoughts.flatMap(({ redactedContent }) =>
      redactedContent === undefined ? [] : [String(redactedContent)],
    ),
    calls: uses.filter(({ type }) => type !== 'server_tool_use').map(callOf),
    citations: cited.flatMap(({ citations }) => (citations ?? []) as Json[]),
    foreign: content.flatMap((block) =>
      (block.toolUse as Json | undefined)?.type === 'server_tool_use' || 'toolResult' in block
        ? Object.keys(block)
        : [],
    ),
    stopReason: String(body.stopReason),
    usage: body.usage as Json | undefined,
    ranTools: content.flatMap((block) => {
      const use = block.toolUse as Json | undefined;
      return use?.type === 'server_tool_use' ? [String(use.name)] : [];
    }),
  };
}

function callOf(use: Json): Reading['calls'][number] {
  return { id: String(use.toolUseId), name: String(use.name), input: use.input };
}

/** Puts the blocks together by their index and reads them as a whole answer. */
export function readStream(stream: Buffer): Reading {
  const blocks = new Map<number, Json>();
  const inputs = new Map<number, string>();
  const body: Json = {};
  for (const { headers, payload } of framesOf(stream)) {
    const index = Number(payload.contentBlockIndex);
    const delta = (payload.delta ?? {}) as Json;
    if (headers[':event-type'] === 'contentBlockStart') blocks.set(index, structuredClone(payload.start as Json));
    if (typeof delta.text === 'string') {
      const before = blocks.get(index)?.text ?? '';
      blocks.set(index, { text: String(before) + delta.text });
    }
    if (delta.reasoningContent !== undefined)
      blocks.set(index, addThought(blocks.get(index), delta.reasoningContent as Json));
    const input = (delta.toolUse as Json | undefined)?.input;
    if (input !== undefined) inputs.set(index, (inputs.get(index) ?? '') + String(input));
    if (payload.stopReason !== undefined) body.stopReason = payload.stopReason;
    if (payload.usage !== undefined) body.usage = payload.usage;
  }
  for (const [index, input] of inputs) ((blocks.get(index) as Json).toolUse as Json).input = JSON.parse(input);
  const content = [...blocks].sort(([a], [b]) => a - b).map(([, block]) => block);
  return readBody({ ...body, output: { message: { content } } });
}

function addThought(before: Json | undefined, delta: Json): Json {
  if (delta.redactedContent !== undefined) return { reasoningContent: { redactedContent: delta.redactedContent } };
  const known = (before?.reasoningContent as Json | undefined)?.reasoningText as Json | undefined;
  const text = String(known?.text ?? '') + String(delta.text ?? '');
  const signature = delta.signature ?? known?.signature;
  return { reasoningContent: { reasoningText: { text, ...(signature === undefined ? {} : { signature }) } } };
}
