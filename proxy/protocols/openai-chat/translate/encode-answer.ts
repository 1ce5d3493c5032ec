/** An answer as a whole chat completion: what the specification requires, and nothing that strict clients stumble on. */
import type { Answer, AnswerChoice } from '../../../core/answer.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { AudioPart, Part, ToolCallPart } from '../../../core/part.ts';
import { unwrapInput } from '../../openai-responses/custom-input.ts';
import type { EncodeFacts } from '../../translation.ts';
import { fromFinishReason } from '../finish-reason.ts';
import { fromUsage } from '../usage.ts';
import { fromCitation } from './citations.ts';
import { customToolNames } from './custom-tools.ts';
import { toUrl } from './media.ts';
import { writeDetails } from './reasoning-details.ts';

export function encodeAnswer(answer: Answer, facts: EncodeFacts): Buffer {
  const usage = answer.usage === undefined ? undefined : fromUsage(answer.usage);
  return Buffer.from(
    JSON.stringify({
      id: answer.id ?? facts.newId('chatcmpl-'),
      object: 'chat.completion',
      created: answer.created ?? facts.createdAt,
      model: facts.model,
      choices: answer.choices.map((choice) => encodeChoice(choice, facts)),
      ...(usage === undefined ? {} : { usage }),
    }),
  );
}

function encodeChoice(choice: AnswerChoice, facts: EncodeFacts): JsonObject {
  const { finishReason } = choice;
  const legacy = facts.call.legacyFunctions === true;
  const callsTools = choice.parts.some((part) => part.kind === 'tool-call');
  return {
    index: choice.index,
    message: encodeMessage(choice.parts, facts, legacy),
    logprobs: choice.logprobs ?? null,
    // Null says that it is not known; the caller has raised it by then.
    finish_reason: finishReason === undefined ? null : fromFinishReason(finishReason, { callsTools, legacy }),
    ...(finishReason?.unified === 'other' ? { native_finish_reason: finishReason.raw } : {}),
  };
}

function encodeMessage(parts: readonly Part[], facts: EncodeFacts, legacy: boolean): JsonObject {
  const { text, annotations } = encodeTexts(parts);
  const refusal = joined(parts, 'refusal');
  const reasoning = joined(parts, 'reasoning');
  const calls = parts.filter((part) => part.kind === 'tool-call').map(callEncoder(facts));
  const images = parts.filter((part) => part.kind === 'image').flatMap(({ source }) => toUrl(source) ?? []);
  return {
    role: 'assistant',
    content: text,
    refusal: refusal ?? null,
    ...(reasoning === undefined || reasoning === '' ? {} : { reasoning_content: reasoning }),
    ...signedReasoning(parts),
    // An empty list makes some clients invent a search.
    ...(annotations.length === 0 ? {} : { annotations }),
    ...encodeCalls(calls, legacy),
    ...(images.length === 0 ? {} : { images: images.map(encodeImage) }),
    ...encodeAudioOf(parts, facts),
    ...Object.assign({}, ...parts.flatMap((part) => ownField(part) ?? [])),
  };
}

/** Null without any text, as beside tool calls and refusals. */
function encodeTexts(parts: readonly Part[]): { text: string | null; annotations: readonly JsonObject[] } {
  let text: string | null = null;
  const annotations: JsonObject[] = [];
  for (const part of parts) {
    if (part.kind !== 'text') continue;
    const start: number = text?.length ?? 0;
    text = (text ?? '') + part.text;
    const span = { start, end: text.length };
    annotations.push(...(part.citations ?? []).flatMap((citation) => fromCitation(citation, span)));
  }
  return { text, annotations };
}

function joined(parts: readonly Part[], kind: 'refusal' | 'reasoning'): string | undefined {
  const texts = parts.flatMap((part) => (part.kind === kind ? [part.text] : []));
  return texts.length === 0 ? undefined : texts.join('');
}

/** Proofs come back only if the client got them. */
function signedReasoning(parts: readonly Part[]): JsonObject {
  const reasoning = parts.filter((part) => part.kind === 'reasoning');
  if (!reasoning.some((part) => part.signature !== undefined)) return {};
  return { reasoning_details: reasoning.flatMap((part, index) => writeDetails(part, index)) };
}

function callEncoder(facts: EncodeFacts): (call: ToolCallPart) => JsonObject {
  const customName = customToolNames(facts.call);
  return (call) => {
    const id = call.id === '' ? facts.newId('call_') : call.id;
    const wrapped = call.custom === true ? undefined : customName(call.name);
    if (call.custom === true) return { id, type: 'custom', custom: { name: call.name, input: call.arguments } };
    if (wrapped !== undefined) {
      return { id, type: 'custom', custom: { name: wrapped, input: unwrapInput(call.arguments) } };
    }
    return {
      id,
      type: 'function',
      function: { name: call.name, arguments: call.arguments === '' ? '{}' : call.arguments },
      ...encodeProof(call.signature),
    };
  };
}

/** Where Google's compatible API has it, so that clients who know that one send it back. */
export function encodeProof(signature: string | undefined): JsonObject {
  return signature === undefined ? {} : { extra_content: { google: { thought_signature: signature } } };
}

function encodeCalls(calls: readonly JsonObject[], legacy: boolean): JsonObject {
  const [first] = calls;
  if (first === undefined) return {};
  return legacy && first.function !== undefined ? { function_call: first.function } : { tool_calls: calls };
}

/** As OpenRouter gives images that a model made. */
export function encodeImage(url: string): JsonObject {
  return { type: 'image_url', image_url: { url } };
}

function encodeAudioOf(parts: readonly Part[], facts: EncodeFacts): JsonObject {
  const audio = parts.find((part) => part.kind === 'audio');
  return audio === undefined ? {} : encodeAudio(audio, facts);
}

/** The id is required; nothing is kept under it, so it has expired already. */
export function encodeAudio({ source, transcript }: AudioPart, facts: EncodeFacts): JsonObject {
  if (source.kind !== 'base64') return {};
  return {
    audio: {
      id: facts.newId('audio_'),
      data: source.data,
      transcript: transcript ?? '',
      expires_at: facts.createdAt,
    },
  };
}

/** Parts of this protocol that are fields of the message. */
export function ownField(part: Part): JsonObject | undefined {
  return part.kind === 'foreign' && part.protocol === 'openai-chat' && part.type === 'executed_tools'
    ? part.raw
    : undefined;
}
