/**
 * What a person would read in an answer on the wire, straight from the JSON and not by our decoders: the text (or refusal)
 * of the first choice without thinking, and the names of the tools called. For comparing what a provider said with what a client got.
 */
export interface Read {
  readonly text: string;
  readonly tools: readonly string[];
}

export type Wire = 'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini' | 'bedrock-converse';

type Json = Record<string, unknown>;

export function readAnswer(wire: Wire, stream: boolean, body: Buffer): Read {
  if (!stream) return READ_WHOLE[wire](JSON.parse(body.toString('utf8')) as Json);
  if (wire === 'bedrock-converse') return readBedrockStream(body);
  return READ_STREAM[wire](events(body.toString('utf8')));
}

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The data of every event, in order; `[DONE]` left out. */
function events(body: string): Json[] {
  return body
    .replaceAll('\r\n', '\n')
    .split('\n\n')
    .flatMap((frame) => frame.split('\n').filter((line) => line.startsWith('data:')))
    .map((line) => line.slice(5).trim())
    .filter((data) => data !== '[DONE]' && data !== '')
    .map((data) => JSON.parse(data) as Json);
}

function chatContent(content: unknown): string {
  if (typeof content === 'string') return content;
  return list(content)
    .filter((part) => part.type === 'text')
    .map((part) => text(part.text))
    .join('');
}

function join(parts: readonly Read[]): Read {
  return { text: parts.map((part) => part.text).join(''), tools: parts.flatMap((part) => part.tools) };
}

function chatPart(part: Json): Read {
  const calls = [
    ...list(part.tool_calls).map((call) => text(object(call.function).name ?? object(call.custom).name)),
    text(object(part.function_call).name),
  ];
  return { text: chatContent(part.content) + text(part.refusal), tools: calls.filter((name) => name !== '') };
}

function responsesOutput(output: unknown): Read {
  return join(
    list(output).map((item) => ({
      text:
        item.type === 'message'
          ? list(item.content)
              .map((part) => text(part.text) + text(part.refusal))
              .join('')
          : '',
      tools: item.type === 'function_call' || item.type === 'custom_tool_call' ? [text(item.name)] : [],
    })),
  );
}

function anthropicBlock(block: Json): Read {
  return {
    text: block.type === 'text' ? text(block.text) : '',
    tools: block.type === 'tool_use' ? [text(block.name)] : [],
  };
}

/** Anthropic explains a refusal beside the content, other protocols in it. */
function anthropicRefusal(holder: Json): Read {
  return { text: text(object(holder.stop_details).explanation), tools: [] };
}

function geminiChunk(chunk: Json): Read {
  const first = list(chunk.candidates).find((candidate) => (candidate.index ?? 0) === 0);
  const parts = list(object(object(first).content).parts);
  return join(
    parts.map((part) => ({
      text: part.thought === true ? '' : text(part.text),
      tools:
        part.functionCall === undefined ? [] : [text(object(part.functionCall).name)].filter((name) => name !== ''),
    })),
  );
}

/** A tool that the provider runs itself is no call to the client. */
function bedrockBlock(block: Json): Read {
  const use = object(block.toolUse);
  const cited = list(object(block.citationsContent).content).map((part) => text(part.text));
  const isCall = block.toolUse !== undefined && use.type !== 'server_tool_use';
  return { text: text(block.text) + cited.join(''), tools: isCall ? [text(use.name)] : [] };
}

const READ_WHOLE: Readonly<Record<Wire, (body: Json) => Read>> = {
  'openai-chat': (body) => chatPart(object(object(list(body.choices)[0]).message)),
  'openai-responses': (body) => responsesOutput(body.output),
  'anthropic-messages': (body) => join([...list(body.content).map(anthropicBlock), anthropicRefusal(body)]),
  gemini: geminiChunk,
  'bedrock-converse': (body) => join(list(object(object(body.output).message).content).map(bedrockBlock)),
};

const READ_STREAM: Readonly<Record<Exclude<Wire, 'bedrock-converse'>, (events: readonly Json[]) => Read>> = {
  'openai-chat': (all) =>
    join(
      all
        .flatMap((event) => list(event.choices))
        .filter((choice) => (choice.index ?? 0) === 0)
        .map((choice) => chatPart(object(choice.delta))),
    ),
  'openai-responses': (all) =>
    join(
      all.map((event) => ({
        text:
          event.type === 'response.output_text.delta' || event.type === 'response.refusal.delta'
            ? text(event.delta)
            : '',
        tools: event.type === 'response.output_item.done' ? responsesOutput([event.item]).tools : [],
      })),
    ),
  'anthropic-messages': (all) =>
    join(
      all.map((event) => {
        if (event.type === 'content_block_start') return anthropicBlock(object(event.content_block));
        const delta = object(event.delta);
        if (event.type === 'message_delta') return anthropicRefusal(delta);
        return { text: delta.type === 'text_delta' ? text(delta.text) : '', tools: [] };
      }),
    ),
  gemini: (all) => join(all.map(geminiChunk)),
};

/** Total length, header length, checksum; headers; payload; checksum. */
function readBedrockStream(body: Buffer): Read {
  const parts: Read[] = [];
  for (let at = 0; at < body.length; at += body.readUInt32BE(at)) {
    const payload = body.subarray(at + 12 + body.readUInt32BE(at + 4), at + body.readUInt32BE(at) - 4);
    const event = JSON.parse(payload.toString('utf8')) as Json;
    const start = object(event.start);
    const { tools } = bedrockBlock(start);
    parts.push({ text: text(object(event.delta).text), tools });
  }
  return join(parts);
}
