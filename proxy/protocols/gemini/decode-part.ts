/**
 * One part of a content, of a request's history or of a whole answer. A signature that stands on text or media becomes a
 * reasoning part without text behind it (see encode-parts.ts, which puts it back); on a function call it stays there.
 */
import type { JsonObject } from '../../core/json.ts';
import type { Part, ReasoningPart } from '../../core/part.ts';
import { printLossless } from '../json/lossless.ts';
import { decodeMedia, decodeResponseMedia } from './media.ts';
import { type Proof, unpackSignature } from './signature.ts';
import { decodeToolResponse } from './tool-response.ts';
import { booleanField, field, listField, objectField, textField } from './wire.ts';

export interface PartIds {
  call(name: string, given: string | undefined): string;
  result(name: string | undefined, given: string | undefined): { readonly id: string; readonly name?: string };
}

export function decodePart(part: JsonObject, ids: PartIds): Part[] {
  const signature = textField(part, 'thoughtSignature');
  const proof = signature === undefined ? undefined : unpackSignature(signature);
  const text = field(part, 'text');
  if (booleanField(part, 'thought') === true && (typeof text === 'string' || text === undefined)) {
    return [decodeThought(text ?? '', proof)];
  }
  if (typeof text === 'string') {
    if (text === '' && proof !== undefined) return [loneSignature(proof)];
    return proof === undefined ? [{ kind: 'text', text }] : [{ kind: 'text', text }, neighbourSignature(proof)];
  }
  const call = objectField(part, 'functionCall');
  if (call !== undefined) return [decodeCall(call, proof, ids)];
  const response = objectField(part, 'functionResponse');
  if (response !== undefined) return [decodeResult(response, ids)];
  const media = decodeMedia(part);
  if (media !== undefined) return proof === undefined ? [media] : [media, neighbourSignature(proof)];
  const type = foreignType(part);
  if (type !== undefined) return [{ kind: 'foreign', protocol: 'gemini', type, raw: part }];
  return proof === undefined ? [] : [loneSignature(proof)];
}

/** What kind of part this is that only Gemini knows: executableCode, codeExecutionResult, toolCall ... */
export function foreignType(part: JsonObject): string | undefined {
  return Object.keys(part).find((key) => !BESIDE.has(key) && part[key] !== null);
}

const BESIDE: ReadonlySet<string> = new Set([
  'text',
  'thought',
  'thoughtSignature',
  'thought_signature',
  'videoMetadata',
  'video_metadata',
  'partMetadata',
  'part_metadata',
  'mediaResolution',
  'media_resolution',
]);

/** Gemini shows summaries of its thoughts. A packed signature says whose they were. */
function decodeThought(text: string, proof: Proof | undefined): ReasoningPart {
  const origin = proof?.origin ?? 'gemini';
  if (text === '' && proof?.signature !== undefined) return { kind: 'reasoning', text, redacted: true, ...proof };
  return { kind: 'reasoning', text, ...(origin === 'gemini' ? { summary: true } : {}), origin, ...proof };
}

function loneSignature(proof: Proof): ReasoningPart {
  return { kind: 'reasoning', text: '', redacted: true, ...proof };
}

function neighbourSignature(proof: Proof): ReasoningPart {
  return { kind: 'reasoning', text: '', ...proof };
}

function decodeCall(call: JsonObject, proof: Proof | undefined, ids: PartIds): Part {
  const name = textField(call, 'name') ?? '';
  return {
    kind: 'tool-call',
    id: ids.call(name, textField(call, 'id')),
    name,
    arguments: printLossless(objectField(call, 'args') ?? {}),
    ...(proof?.signature === undefined ? {} : { signature: proof.signature }),
    ...(proof?.origin === undefined ? {} : { origin: proof.origin }),
  };
}

function decodeResult(response: JsonObject, ids: PartIds): Part {
  const { id, name } = ids.result(textField(response, 'name'), textField(response, 'id'));
  const { text, isError } = decodeToolResponse(field(response, 'response'));
  const media = listField(response, 'parts').flatMap((part) => decodeResponseMedia(part) ?? []);
  return {
    kind: 'tool-result',
    callId: id,
    ...(name === undefined ? {} : { name }),
    parts: [...(text === '' && media.length > 0 ? [] : [{ kind: 'text' as const, text }]), ...media],
    ...(isError ? { isError } : {}),
  };
}
