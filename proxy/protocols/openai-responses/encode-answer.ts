/** A whole answer as a response. Other protocols' answers of several choices have no place here: the first one is given. */
import type { Answer } from '../../core/answer.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Part, ReasoningPart, TextPart, ToolCallPart } from '../../core/part.ts';
import type { EncodeFacts } from '../translation.ts';
import { encodeCitation } from './citation.ts';
import { encodeFinishReason } from './finish-reason.ts';
import {
  imageItem,
  messageItem,
  reasoningItem,
  refusalContent,
  summaryText,
  textContent,
  toolCallItem,
  toolInput,
} from './items.ts';
import { ownId, reasoningId, responseObject } from './response-object.ts';
import { packCallSignature, packSignature } from './signature.ts';
import { type ToolIdentity, ToolNames } from './tool-names.ts';
import { encodeUsage } from './usage.ts';

export function encodeAnswer(answer: Answer, facts: EncodeFacts): Buffer {
  const choice = answer.choices.find(({ index }) => index === 0) ?? answer.choices[0];
  const end = encodeFinishReason(choice?.finishReason);
  const writer = new OutputWriter(
    facts,
    end.status === 'completed' ? 'completed' : 'incomplete',
    logprobsOf(choice?.logprobs),
  );
  for (const part of choice?.parts ?? []) writer.add(part);
  const response = responseObject(
    {
      id: ownId(answer.id, 'resp_', facts.newId),
      model: answer.model ?? facts.model,
      createdAt: answer.created ?? facts.createdAt,
      status: end.status,
      output: writer.finish(),
      usage: encodeUsage(answer.usage),
      incompleteDetails: end.incomplete_details,
      error:
        end.status === 'failed'
          ? { code: 'server_error', message: 'the provider ended this answer with an error' }
          : null,
    },
    facts,
  );
  return Buffer.from(JSON.stringify(response));
}

/** Chat completions and this protocol write them alike, one level apart. */
export function logprobsOf(logprobs: JsonObject | undefined): readonly Json[] {
  return Array.isArray(logprobs?.content) ? logprobs.content : [];
}

class OutputWriter {
  readonly #facts: EncodeFacts;
  readonly #names: ToolNames;
  readonly #status: 'completed' | 'incomplete';
  #logprobs: readonly Json[];
  readonly #items: JsonObject[] = [];
  #content: JsonObject[] = [];
  #reasoning: ReasoningPart[] = [];

  constructor(facts: EncodeFacts, status: 'completed' | 'incomplete', logprobs: readonly Json[]) {
    this.#facts = facts;
    this.#names = new ToolNames(facts.call.tools);
    this.#status = status;
    this.#logprobs = logprobs;
  }

  add(part: Part): void {
    switch (part.kind) {
      case 'text':
        this.#addContent(this.#text(part));
        return;
      case 'refusal':
        this.#addContent(refusalContent(part.text));
        return;
      case 'reasoning':
        this.#addReasoning(part);
        return;
      case 'tool-call': {
        const { id: callId, signature, origin } = part;
        const packed = packCallSignature({
          callId,
          ...(signature === undefined ? {} : { signature }),
          ...(origin === undefined ? {} : { origin }),
        });
        if (packed !== undefined) this.#addItem(reasoningItem(this.#facts.newId('rs_'), [], packed));
        this.#addItem(this.#toolCall(part));
        return;
      }
      case 'image':
        if (part.source.kind !== 'base64') return;
        this.#addItem(imageItem(this.#facts.newId('ig_'), part.source.mediaType, part.source.data));
        return;
      case 'audio':
        if (part.transcript !== undefined) this.#addContent(textContent(part.transcript, [], []));
        return;
      case 'foreign':
        if (part.protocol === 'openai-responses') this.#addItem(part.raw);
        return;
      case 'file':
      case 'tool-result':
        // No model's answer holds them.
        return;
      default:
        part satisfies never;
    }
  }

  finish(): readonly JsonObject[] {
    this.#closeReasoning();
    this.#closeMessage();
    return this.#items;
  }

  #text(part: TextPart): JsonObject {
    const annotations = (part.citations ?? [])
      .map((citation) => encodeCitation(citation, part.text.length))
      .filter((annotation) => annotation !== undefined);
    const logprobs = this.#logprobs;
    this.#logprobs = [];
    return textContent(part.text, annotations, logprobs);
  }

  #toolCall(part: ToolCallPart): JsonObject {
    const { tool, native } = toolOf(part, this.#names);
    const prefix = tool.custom ? 'ctc_' : 'fc_';
    return toolCallItem(
      this.#facts.newId(prefix),
      part.id,
      tool,
      toolInput(tool, part.arguments, native),
      this.#status,
    );
  }

  #addContent(content: JsonObject): void {
    this.#closeReasoning();
    this.#content.push(content);
  }

  #addItem(item: JsonObject): void {
    this.#closeReasoning();
    this.#closeMessage();
    this.#items.push(item);
  }

  #closeMessage(): void {
    if (this.#content.length === 0) return;
    this.#items.push(messageItem(this.#facts.newId('msg_'), this.#content, this.#status));
    this.#content = [];
  }

  #addReasoning(part: ReasoningPart): void {
    this.#closeMessage();
    const last = this.#reasoning.at(-1);
    const same = last !== undefined && part.id !== undefined && last.id === part.id && last.signature === undefined;
    if (!same) this.#closeReasoning();
    this.#reasoning.push(part);
  }

  #closeReasoning(): void {
    const last = this.#reasoning.at(-1);
    if (last === undefined) return;
    const summary = this.#reasoning.flatMap(({ text }) => (text === '' ? [] : [summaryText(text)]));
    const id = reasoningId(last, this.#facts.newId);
    this.#items.push(reasoningItem(id, summary, packSignature(last)));
    this.#reasoning = [];
  }
}

/** The client's tool that a call is of. `native`: the provider knew it as what it is. */
export function toolOf(
  call: Pick<ToolCallPart, 'name' | 'namespace' | 'custom'>,
  names: ToolNames,
): { tool: ToolIdentity; native: boolean } {
  const { name, namespace } = call;
  const group = namespace === undefined ? {} : { namespace };
  if (call.custom === true) return { tool: { name, ...group, custom: true }, native: true };
  if (namespace !== undefined) return { tool: { name, namespace, custom: false }, native: true };
  // A name that no tool has is given as the model wrote it: the client says best what is wrong with it.
  return { tool: names.inward(name) ?? { name, custom: false }, native: false };
}
