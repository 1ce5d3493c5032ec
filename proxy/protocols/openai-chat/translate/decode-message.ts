/** The message of a whole answer as parts: thinking, text with its citations, refusal, media, tool calls. */
import type { JsonObject } from '../../../core/json.ts';
import { asText } from '../../../core/json-value.ts';
import type { Citation, Part, TextPart, ToolCallPart } from '../../../core/part.ts';
import { toCitations } from './citations.ts';
import { thinkingText } from './decode-parts.ts';
import { toSignature, toToolCall } from './decode-tool-call.ts';
import { asJsonObject, asList, asString, optional } from './json.ts';
import { toSource } from './media.ts';
import { readReasoning } from './reasoning-details.ts';
import { STRUCTURED_OUTPUT_TOOL } from './structured-output.ts';

export interface DecodedMessage {
  readonly parts: readonly Part[];
  /** Calls of the tool that stands for structured output came, and no others. */
  readonly onlyOutput: boolean;
}

/** `idSeed` makes ids for calls that have none; `cited` are citations that stood beside the message. */
export function toAnswerParts(message: JsonObject, idSeed: string, cited: readonly Citation[]): DecodedMessage {
  const thinking: Part[] = [];
  const texts: TextPart[] = [];
  const media: Part[] = [];
  readContent(message, thinking, texts, media);
  const refusal = asText(message.refusal);
  const calls = toCalls(message, idSeed);
  const output = calls.filter((call) => call.name === STRUCTURED_OUTPUT_TOOL);
  for (const call of output) texts.push({ kind: 'text', text: call.arguments });
  const citations = [...cited, ...toCitations(message.annotations)];
  return {
    parts: [
      ...readReasoning(message),
      ...thinking,
      ...withCitations(texts, citations),
      ...(refusal === undefined ? [] : [{ kind: 'refusal', text: refusal } as const]),
      ...media,
      ...calls.filter((call) => call.name !== STRUCTURED_OUTPUT_TOOL),
    ],
    onlyOutput: output.length > 0 && output.length === calls.length,
  };
}

function readContent(message: JsonObject, thinking: Part[], texts: TextPart[], media: Part[]): void {
  const { content } = message;
  if (typeof content === 'string' && content !== '') texts.push({ kind: 'text', text: content });
  for (const entry of asList(content)) {
    const part = asJsonObject(entry);
    if (part?.type === 'thinking') thinking.push({ kind: 'reasoning', text: thinkingText(part) });
    else if (part?.type === 'text') texts.push({ kind: 'text', text: asString(part.text) ?? '' });
    else if (part !== undefined) media.push(...toMedia(part));
  }
  for (const entry of asList(message.images)) {
    const image = asJsonObject(entry);
    if (image !== undefined) media.push(...toMedia(image));
  }
  const audio = asJsonObject(message.audio);
  if (audio !== undefined) media.push(...toAudio(audio));
  // Groq ran these tools itself; nobody is to run them again.
  const executed = asList(message.executed_tools);
  if (executed.length > 0) {
    const raw = { executed_tools: executed };
    media.push({ kind: 'foreign', protocol: 'openai-chat', type: 'executed_tools', raw });
  }
}

/** An image, or a part that only this protocol's clients could read (Mistral's references). */
export function toMedia(part: JsonObject): readonly Part[] {
  const url = asText(asJsonObject(part.image_url)?.url) ?? asText(part.image_url);
  if (url !== undefined) return [{ kind: 'image', source: toSource(url) }];
  return [{ kind: 'foreign', protocol: 'openai-chat', type: asText(part.type) ?? 'unknown', raw: part }];
}

/** The answer does not say which format the client asked for, so the bytes go by the type of unknown bytes. */
export function toAudio(audio: JsonObject): readonly Part[] {
  const data = asText(audio.data);
  if (data === undefined) return [];
  const source = { kind: 'base64', mediaType: 'application/octet-stream', data } as const;
  return [{ kind: 'audio', source, ...optional('transcript', asText(audio.transcript)) }];
}

function withCitations(texts: readonly TextPart[], citations: readonly Citation[]): readonly TextPart[] {
  if (citations.length === 0) return texts;
  const last = texts.at(-1) ?? ({ kind: 'text', text: '' } as const);
  return [...texts.slice(0, -1), { ...last, citations }];
}

function toCalls(message: JsonObject, idSeed: string): readonly ToolCallPart[] {
  const legacy = asJsonObject(message.function_call);
  const entries = [...asList(message.tool_calls), ...(legacy === undefined ? [] : [{ function: legacy }])];
  const calls = entries.flatMap((entry, place) => {
    const call = asJsonObject(entry);
    const part = call === undefined ? undefined : toToolCall(call, `call_${idSeed}_${place}`);
    return part === undefined ? [] : [part];
  });
  // Gemini's compatible API proves the whole message; the proof belongs to the first call.
  const proof = toSignature(message);
  const [first, ...rest] = calls;
  if (first === undefined || first.signature !== undefined || proof.signature === undefined) return calls;
  return [{ ...first, ...proof }, ...rest];
}
