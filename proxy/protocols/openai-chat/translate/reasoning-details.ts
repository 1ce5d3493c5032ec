/**
 * `reasoning_details`: OpenRouter's list of the thinking with its proofs, which its clients send back unread. Each entry says
 * in `format` whose proof it is, so signatures of every protocol can travel through a chat client in it.
 */
import type { JsonObject } from '../../../core/json.ts';
import { asText } from '../../../core/json-value.ts';
import type { ReasoningPart } from '../../../core/part.ts';
import type { Protocol } from '../../../core/protocol.ts';
import { asJsonObject, asList, asString, optional } from './json.ts';

const ORIGINS: ReadonlyMap<string, Protocol> = new Map([
  ['anthropic-claude-v1', 'anthropic-messages'],
  ['openai-responses-v1', 'openai-responses'],
  ['xai-responses-v1', 'openai-responses'],
  ['google-gemini-v1', 'gemini'],
]);

const FORMATS: Readonly<Record<Protocol, string>> = {
  'openai-chat': 'unknown',
  'openai-responses': 'openai-responses-v1',
  'anthropic-messages': 'anthropic-claude-v1',
  gemini: 'google-gemini-v1',
  // Claude on Bedrock signs as Claude does.
  'bedrock-converse': 'anthropic-claude-v1',
};

export interface ReasoningDetail {
  readonly text: string;
  readonly summary: boolean;
  /** Of `reasoning.text`, or the data of `reasoning.encrypted`. */
  readonly signature: string | undefined;
  readonly encrypted: boolean;
  readonly id: string | undefined;
  readonly origin: Protocol | undefined;
}

export function readDetails(value: unknown): readonly ReasoningDetail[] {
  return asList(value).flatMap((entry) => {
    const detail = asJsonObject(entry);
    if (detail === undefined) return [];
    const encrypted = detail.type === 'reasoning.encrypted';
    const summary = detail.type === 'reasoning.summary';
    return [
      {
        text: asString(summary ? detail.summary : detail.text) ?? '',
        summary,
        signature: asText(encrypted ? detail.data : detail.signature),
        encrypted,
        id: asText(detail.id),
        origin: typeof detail.format === 'string' ? ORIGINS.get(detail.format) : undefined,
      },
    ];
  });
}

/** The thinking of a whole message: `reasoning_details` carry the proofs; without them the bare text. */
export function readReasoning(message: JsonObject): readonly ReasoningPart[] {
  const text = asText(message.reasoning_content) ?? asText(message.reasoning);
  const bare: readonly ReasoningPart[] = text === undefined ? [] : [{ kind: 'reasoning', text }];
  const parts = toReasoningParts(readDetails(message.reasoning_details));
  const [first] = parts;
  if (first === undefined || text === undefined || !parts.some(lostItsText)) return parts.length === 0 ? bare : parts;
  // SDKs that gather a stream by overwriting lists (openai's `stream()`) keep the last entry only: a proof whose text is
  // elsewhere. It proves that text if there was one thought, and nothing at all if there were more.
  const only = parts.length === 1 && asJsonObject(asList(message.reasoning_details)[0])?.index === 0;
  return only ? [{ ...first, text }] : bare;
}

function lostItsText(part: ReasoningPart): boolean {
  return part.text === '' && part.signature !== undefined && part.redacted !== true;
}

/** Pieces of one thought become one part; what Claude encrypted stands by itself, what others encrypted proves the text before it. */
function toReasoningParts(details: readonly ReasoningDetail[]): readonly ReasoningPart[] {
  const parts: ReasoningPart[] = [];
  for (const detail of details) {
    const open = parts.at(-1);
    if (open !== undefined && belongsTo(detail, open)) parts[parts.length - 1] = merge(open, detail);
    else parts.push(partOf(detail));
  }
  return parts;
}

function belongsTo(detail: ReasoningDetail, open: Pick<ReasoningPart, 'origin' | 'redacted' | 'signature'>) {
  if (open.redacted === true || open.signature !== undefined || open.origin !== detail.origin) return false;
  return !standsAlone(detail);
}

export function standsAlone(detail: ReasoningDetail): boolean {
  return detail.encrypted && (detail.origin === 'anthropic-messages' || detail.origin === undefined);
}

function merge(open: ReasoningPart, detail: ReasoningDetail): ReasoningPart {
  return {
    ...open,
    text: open.text + detail.text,
    ...optional('signature', detail.signature),
    ...optional('id', open.id ?? detail.id),
  };
}

function partOf(detail: ReasoningDetail): ReasoningPart {
  return {
    kind: 'reasoning',
    text: detail.text,
    ...(detail.summary ? { summary: true } : {}),
    ...optional('signature', detail.signature),
    ...(detail.encrypted ? { redacted: true } : {}),
    ...optional('id', detail.id),
    ...optional('origin', detail.origin),
  };
}

/** `index` tells the thoughts of one message apart. */
export function writeDetails(part: ReasoningPart, index: number): readonly JsonObject[] {
  const common = {
    format: part.origin === undefined ? 'unknown' : FORMATS[part.origin],
    index,
    ...optional('id', part.id),
  };
  const separate = part.signature !== undefined && (part.redacted === true || part.origin === 'openai-responses');
  const proof = separate ? [{ type: 'reasoning.encrypted', data: part.signature ?? '', ...common }] : [];
  if (part.redacted === true && part.text === '') return proof;
  const text: JsonObject =
    part.summary === true
      ? { type: 'reasoning.summary', summary: part.text, ...common }
      : {
          type: 'reasoning.text',
          text: part.text,
          ...(separate ? {} : optional('signature', part.signature)),
          ...common,
        };
  return [text, ...proof];
}

/** The last entry of a thought whose text has been written already. */
export function writeProof(part: ReasoningPart, index: number): readonly JsonObject[] {
  return writeDetails(part, index).slice(-1);
}
