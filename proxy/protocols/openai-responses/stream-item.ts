/**
 * One output item of a stream that is being read, as events. Servers leave out steps: an item may begin with its first delta,
 * come whole in its last event, or say its text again there. What is said again must be what was said: a frame that was lost
 * or came twice shows in the difference.
 */
import type { AnswerEvent, BlockHead } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import type { Part } from '../../core/part.ts';
import { decodeCitation } from './citation.ts';
import { decodeOutputItem, decodeReasoning, decodeToolCall, type Item } from './output-item.ts';

/** The stream contradicts itself. */
export class StreamMismatch extends Error {
  override readonly name = 'StreamMismatch';
}

interface OpenPart {
  readonly block: number;
  readonly kind: 'text' | 'refusal' | 'reasoning' | 'tool-call';
  text: string;
  ended: boolean;
  /** Said already, as written: they come once each and again with the whole text. */
  readonly citations: Set<string>;
}

export class StreamItem {
  readonly #nextBlock: () => number;
  readonly #parts = new Map<string, OpenPart>();
  #item: Item;
  #done = false;
  /** Told to be held until the item's end, because a signature still belongs to it. */
  #held: OpenPart | undefined;

  constructor(item: Item, nextBlock: () => number) {
    this.#item = item;
    this.#nextBlock = nextBlock;
  }

  get type(): unknown {
    return this.#item.type;
  }

  get id(): string | undefined {
    return asText(this.#item.id);
  }

  /** Its own end came. */
  get done(): boolean {
    return this.#done;
  }

  /** The head of a call stands in its first event. */
  begin(): AnswerEvent[] {
    if (!isCall(this.#item)) return [];
    return this.#open('call', 'tool-call').events;
  }

  /** `key` names the part within the item: a kind and a number. */
  start(key: string, kind: OpenPart['kind']): AnswerEvent[] {
    return this.#open(key, kind).events;
  }

  delta(key: string, kind: OpenPart['kind'], text: string): AnswerEvent[] {
    const { part, events } = this.#open(key, kind);
    if (this.#done || part.ended) throw new StreamMismatch('text follows the end of its part');
    part.text += text;
    if (text !== '') events.push(this.#textEvent(part, text));
    return events;
  }

  /** The part's whole text; whatever was not said before is said now. */
  whole(key: string, kind: OpenPart['kind'], text: string): AnswerEvent[] {
    const { part, events } = this.#open(key, kind);
    if (part.text === '' && text !== '' && !part.ended) {
      part.text = text;
      events.push(this.#textEvent(part, text));
    }
    if (part.text !== text) throw new StreamMismatch('the text of a part is not what was streamed');
    return events;
  }

  cite(key: string, annotation: unknown): AnswerEvent[] {
    const citation = decodeCitation(annotation);
    if (citation === undefined) return [];
    const { part, events } = this.#open(key, 'text');
    const written = JSON.stringify(annotation);
    // Behind the end of its text a citation has no place to go; the text itself is whole.
    if (part.ended || part.citations.has(written)) return events;
    part.citations.add(written);
    events.push({ type: 'citation', choice: 0, block: part.block, citation });
    return events;
  }

  logprobs(entries: unknown): AnswerEvent[] {
    if (!Array.isArray(entries) || entries.length === 0) return [];
    return [{ type: 'logprobs', choice: 0, logprobs: { content: entries as JsonObject[] } }];
  }

  end(key: string): AnswerEvent[] {
    const part = this.#parts.get(key);
    return part === undefined ? [] : this.#endPart(part);
  }

  /** The item as it ended: what was not streamed of it, its signature, and the ends of all its parts. */
  finish(item: Item): AnswerEvent[] {
    if (this.#done) return this.verify(item);
    const before = this.#item;
    this.#item = item.type === undefined ? { ...before, ...item } : item;
    if (before.type !== undefined && this.#item.type !== before.type) {
      throw new StreamMismatch('an item ended as another kind of item than it began');
    }
    const events: AnswerEvent[] = [];
    if (isCall(this.#item)) events.push(...this.#finishCall(before));
    else if (this.#item.type === 'message') events.push(...this.#finishMessage());
    else if (this.#item.type === 'reasoning') events.push(...this.#finishReasoning());
    else for (const part of decodeOutputItem(this.#item, 'item')) events.push(...this.#wholePart(part));
    for (const part of this.#parts.values()) events.push(...this.#endPart(part, true));
    this.#done = true;
    return events;
  }

  /** An item whose end nobody said, in a response that ended well. Half a call is no call. */
  close(): AnswerEvent[] {
    if (this.#done) return [];
    if (isCall(this.#item)) throw new StreamMismatch('the response ends before a call does');
    this.#done = true;
    return [...this.#parts.values()].flatMap((part) => this.#endPart(part, true));
  }

  /** The item as the last event of the stream repeats it. */
  verify(item: Item): AnswerEvent[] {
    const again = signatureless(item);
    if (again !== undefined && again !== signatureless(this.#item)) {
      throw new StreamMismatch('the response ends with another item than was streamed');
    }
    return [];
  }

  #finishCall(before: Item): AnswerEvent[] {
    const call = decodeToolCall(this.#item);
    const began = decodeToolCall(before);
    if (isCall(before) && (began.id !== call.id || began.name !== call.name)) {
      throw new StreamMismatch('a tool call ended as another call than it began');
    }
    const { part, events } = this.#open('call', 'tool-call');
    // Some servers leave the arguments out of the last event.
    const known = this.#item.arguments === undefined && this.#item.input === undefined ? part.text : call.arguments;
    return [...events, ...this.whole('call', 'tool-call', known)];
  }

  #finishMessage(): AnswerEvent[] {
    const content = this.#item.content;
    if (!Array.isArray(content) || content.length === 0) return [];
    this.#refuseBeyond('content', content.length);
    return content.flatMap((entry, index) => this.content(`content ${index}`, asObject(entry) ?? {}));
  }

  /** A content part that is said whole. */
  content(key: string, entry: Item): AnswerEvent[] {
    if (entry.type === 'refusal') return this.whole(key, 'refusal', asText(entry.refusal) ?? '');
    if (entry.type === 'reasoning_text') return this.whole(key, 'reasoning', asText(entry.text) ?? '');
    if (entry.type !== 'output_text' && entry.type !== 'text') return [];
    const fresh = this.#parts.get(key) === undefined;
    const events = this.whole(key, 'text', asText(entry.text) ?? '');
    const annotations = Array.isArray(entry.annotations) ? entry.annotations : [];
    for (const annotation of annotations) events.push(...this.cite(key, annotation));
    return fresh ? [...events, ...this.logprobs(entry.logprobs)] : events;
  }

  /** More was streamed than the item has in the end. */
  #refuseBeyond(kind: 'content' | 'summary', count: number): void {
    for (const key of this.#parts.keys()) {
      const [of, place] = key.split(' ');
      if (of === kind && Number(place) >= count) throw new StreamMismatch('an item ends with fewer parts than it had');
    }
  }

  #finishReasoning(): AnswerEvent[] {
    const item = this.#item;
    const events: AnswerEvent[] = [];
    for (const [kind, list] of [
      ['summary', item.summary],
      ['content', item.content],
    ] as const) {
      if (!Array.isArray(list)) continue;
      // Raw thinking is left out of the end by some who stream it.
      if (kind === 'summary' || list.length > 0) this.#refuseBeyond(kind, list.length);
      list.forEach((entry, index) => {
        events.push(...this.whole(`${kind} ${index}`, 'reasoning', asText(asObject(entry)?.text) ?? ''));
      });
    }
    const signature = decodeReasoning(item).at(-1)?.signature;
    if (signature === undefined) return events;
    const last = this.#held ?? [...this.#parts.values()].at(-1);
    const part = last === undefined || last.ended ? this.#open('encrypted', 'reasoning') : { part: last, events: [] };
    events.push(...part.events, { type: 'signature', choice: 0, block: part.part.block, signature });
    return events;
  }

  #wholePart(part: Part): AnswerEvent[] {
    const block = this.#nextBlock();
    return [
      { type: 'block-start', choice: 0, block, part: { kind: 'whole', part } },
      { type: 'block-end', choice: 0, block },
    ];
  }

  #open(key: string, kind: OpenPart['kind']): { part: OpenPart; events: AnswerEvent[] } {
    const known = this.#parts.get(key);
    if (known !== undefined) {
      if (known.kind !== kind) throw new StreamMismatch('a part changed its kind');
      return { part: known, events: [] };
    }
    if (this.#done) throw new StreamMismatch('a part begins behind the end of its item');
    const events = this.#release();
    const part: OpenPart = { block: this.#nextBlock(), kind, text: '', ended: false, citations: new Set() };
    this.#parts.set(key, part);
    events.push({ type: 'block-start', choice: 0, block: part.block, part: this.#head(key, kind) });
    return { part, events };
  }

  #head(key: string, kind: OpenPart['kind']): BlockHead {
    switch (kind) {
      case 'text':
      case 'refusal':
        return { kind };
      case 'tool-call': {
        const { id, name, namespace, custom } = decodeToolCall(this.#item);
        return {
          kind,
          id,
          name,
          ...(namespace === undefined ? {} : { namespace }),
          ...(custom === undefined ? {} : { custom }),
        };
      }
      case 'reasoning': {
        const id = asText(this.#item.id);
        return {
          kind,
          ...(key.startsWith('summary') ? { summary: true } : {}),
          ...(key === 'encrypted' ? { redacted: true } : {}),
          ...(id === undefined ? {} : { id }),
          origin: 'openai-responses',
        };
      }
      default:
        return kind satisfies never;
    }
  }

  #textEvent(part: OpenPart, text: string): AnswerEvent {
    return part.kind === 'tool-call'
      ? { type: 'arguments', choice: 0, block: part.block, json: text }
      : { type: 'text', choice: 0, block: part.block, text };
  }

  /** The signature of thinking comes with the item's end and belongs to its last part, which waits for it. */
  #endPart(part: OpenPart, now = false): AnswerEvent[] {
    if (part.ended) return [];
    if (part.kind === 'reasoning' && !now) {
      this.#held = part;
      return [];
    }
    part.ended = true;
    if (this.#held === part) this.#held = undefined;
    return [{ type: 'block-end', choice: 0, block: part.block }];
  }

  #release(): AnswerEvent[] {
    return this.#held === undefined ? [] : this.#endPart(this.#held, true);
  }
}

function isCall(item: Item): boolean {
  return item.type === 'function_call' || item.type === 'custom_tool_call';
}

/** What of an item has to be the same each time it is said. Encrypted thinking and ids are not: OpenAI encrypts it anew. */
function signatureless(item: Item): string | undefined {
  switch (item.type) {
    case 'message':
      return Array.isArray(item.content)
        ? JSON.stringify(item.content.map((entry) => [asObject(entry)?.text, asObject(entry)?.refusal]))
        : undefined;
    case 'function_call':
    case 'custom_tool_call':
      return JSON.stringify([item.call_id, item.name, item.arguments, item.input]);
    case 'reasoning':
      return JSON.stringify(decodeReasoning(item).map(({ text }) => text));
    default:
      return undefined;
  }
}
