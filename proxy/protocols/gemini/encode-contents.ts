/** Messages to systemInstruction and contents. */
import type { Message } from '../../core/call.ts';
import { GatehouseError } from '../../core/errors.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Part, ToolCallPart, ToolResultPart } from '../../core/part.ts';
import type { Warnings } from '../../core/warnings.ts';
import { isMadeCallId } from './call-ids.ts';
import { encodeParts, type PartEncoding } from './encode-parts.ts';
import { encodeMedia } from './media.ts';
import type { Generation } from './models.ts';
import { DUMMY_SIGNATURE } from './signature.ts';
import { flatToolName } from './tool-names.ts';
import { encodeToolResponse } from './tool-response.ts';

export interface EncodedContents {
  readonly systemInstruction?: JsonObject;
  readonly contents: readonly JsonObject[];
}

/** Throws GatehouseError invalid_request for a result that answers no call: Gemini can't do without its name. */
export function encodeContents(
  messages: readonly Message[],
  generation: Generation,
  warnings: Warnings,
): EncodedContents {
  return new ContentsEncoder(generation, warnings).encode(messages);
}

class ContentsEncoder {
  readonly #generation: Generation;
  readonly #warnings: Warnings;
  readonly #encoding: PartEncoding;
  readonly #contents: { readonly role: 'user' | 'model'; readonly parts: JsonObject[] }[] = [];
  readonly #system: JsonObject[] = [];
  /** Every call so far, in order. */
  readonly #calls: ToolCallPart[] = [];
  #results: ToolResultPart[] = [];

  constructor(generation: Generation, warnings: Warnings) {
    this.#generation = generation;
    this.#warnings = warnings;
    this.#encoding = {
      keepForeignThinking: false,
      callId: (id) => (isMadeCallId(id) ? undefined : id),
      lost: (code) => warnings.add(code, 'messages'),
    };
  }

  encode(messages: readonly Message[]): EncodedContents {
    for (const message of messages) {
      if (message.role !== 'tool') this.#closeResults();
      this.#message(message);
    }
    this.#closeResults();
    const contents = this.#contents;
    if (contents.length > 0) {
      return this.#system.length === 0 ? { contents } : { systemInstruction: { parts: this.#system }, contents };
    }
    // Gemini answers contents only. A client that sends nothing but instructions wants an answer to them.
    this.#warnings.add('system_as_user', 'messages');
    return { contents: [{ role: 'user', parts: this.#system }] };
  }

  #message(message: Message): void {
    if (message.name !== undefined) this.#warnings.add('dropped_name', 'messages');
    switch (message.role) {
      case 'system':
      case 'developer':
        this.#instruct(message.parts);
        return;
      case 'user':
      case 'tool':
        this.#fromUser(message.parts);
        return;
      case 'assistant':
        this.#calls.push(...message.parts.filter((part) => part.kind === 'tool-call'));
        this.#add('model', this.#signed(encodeParts(message.parts, this.#encoding)));
        return;
      default:
        message.role satisfies never;
    }
  }

  /** One block, one part, in order: cached prefixes stay prefixes. There is no other place for a later instruction. */
  #instruct(parts: readonly Part[]): void {
    if (this.#contents.length > 0) this.#warnings.add('system_moved', 'messages');
    const text = encodeParts(
      parts.filter((part) => part.kind === 'text'),
      this.#encoding,
    );
    if (parts.some((part) => part.kind !== 'text')) this.#warnings.add('dropped_system_media', 'messages');
    this.#system.push(...text);
  }

  #add(role: 'user' | 'model', parts: JsonObject[]): void {
    if (parts.length === 0) return;
    const last = this.#contents.at(-1);
    // The calls of one turn belong in one content: Gemini counts results against them.
    if (role === 'model' && last?.role === 'model') last.parts.push(...parts);
    else this.#contents.push({ role, parts });
  }

  /** Results first: they must follow their calls. */
  #fromUser(parts: readonly Part[]): void {
    this.#results.push(...parts.filter((part) => part.kind === 'tool-result'));
    const others = parts.filter((part) => part.kind !== 'tool-result');
    if (others.length === 0) return;
    this.#closeResults();
    this.#add('user', encodeParts(others, this.#encoding));
  }

  /** All results of one turn in one content, in the order of their calls. */
  #closeResults(): void {
    const results = this.#results;
    if (results.length === 0) return;
    this.#results = [];
    const order = (result: ToolResultPart) => this.#calls.findLastIndex(({ id }) => id === result.callId);
    const sorted = [...results].sort((a, b) => order(a) - order(b));
    const behind: JsonObject[] = [];
    const parts = sorted.map((result) => this.#result(result, behind));
    this.#contents.push({ role: 'user', parts: [...parts, ...behind] });
  }

  #result(result: ToolResultPart, behind: JsonObject[]): JsonObject {
    const call = this.#calls.findLast(({ id }) => id === result.callId);
    const name = call === undefined ? result.name : flatToolName(call);
    if (name === undefined)
      throw new GatehouseError(
        'invalid_request',
        `the tool result ${JSON.stringify(result.callId)} answers no tool call in the messages; send the call before its result`,
        { param: 'messages' },
      );
    if (result.cache !== undefined) this.#warnings.add('dropped_cache_control', 'messages');
    const id = this.#encoding.callId(result.callId);
    const inside: Json[] = [];
    for (const part of result.parts) {
      if (part.kind === 'text') continue;
      const isMedia = part.kind === 'image' || part.kind === 'audio' || part.kind === 'file';
      const media = isMedia ? encodeMedia(part) : undefined;
      if (!isMedia || media === undefined) this.#warnings.add(`dropped_${part.kind}`, 'messages');
      // Only the third generation reads media inside a response, and only what is there or held by Google.
      else if (this.#generation.third && part.source?.kind !== 'url') inside.push(media);
      else behind.push(media);
    }
    const text = result.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n');
    const response = encodeToolResponse({ text, isError: result.isError === true });
    return {
      functionResponse: {
        ...(id === undefined ? {} : { id }),
        name,
        response,
        ...(inside.length === 0 ? {} : { parts: inside }),
      },
    };
  }

  /** Of parallel calls only the first is signed, by Gemini as well. */
  #signed(parts: JsonObject[]): JsonObject[] {
    const first = parts.findIndex((part) => part.functionCall !== undefined);
    const call = parts[first];
    if (!this.#generation.third || call === undefined || call.thoughtSignature !== undefined) return parts;
    this.#warnings.add('thought_signature_missing', 'messages');
    return parts.with(first, { ...call, thoughtSignature: DUMMY_SIGNATURE });
  }
}
