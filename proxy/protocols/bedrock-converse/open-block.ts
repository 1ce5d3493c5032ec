/** One block of a stream while it is open: which deltas it takes, and what they become. */
import type { AnswerEvent } from '../../core/answer.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import { STRUCTURED_OUTPUT_TOOL } from '../anthropic-messages/structured-output-tool.ts';
import { tryParseLossless } from '../json/lossless.ts';
import { foreignPart, toImage } from './decode-block.ts';
import { redactedSignature } from './redacted.ts';

/** Where a block's events go: `number` counts the blocks that the client sees. */
export interface BlockOutlet {
  readonly events: AnswerEvent[];
  nextNumber(): number;
}

export interface OpenBlock {
  readonly callsTool: boolean;
  /** False: the delta does not belong to a block of this kind. */
  delta(delta: JsonObject, outlet: BlockOutlet): boolean;
  /** False: what is here cannot be a whole block. */
  end(outlet: BlockOutlet, stopped: boolean): boolean;
}

/** For blocks that announce themselves. Undefined when the start lacks what makes it one. */
export function openStarted(start: JsonObject, outlet: BlockOutlet): OpenBlock | undefined {
  const toolUse = asObject(start.toolUse) as JsonObject | undefined;
  if (toolUse === undefined || toolUse.type === 'server_tool_use') return new WholeBlock(start);
  const id = asText(toolUse.toolUseId);
  const name = asText(toolUse.name);
  if (id === undefined || name === undefined) return undefined;
  return new ToolBlock(id, name, outlet);
}

export class ToolBlock implements OpenBlock {
  readonly callsTool: boolean;
  readonly #number: number;
  #json = '';

  constructor(id: string, name: string, outlet: BlockOutlet) {
    this.callsTool = name !== STRUCTURED_OUTPUT_TOOL;
    this.#number = outlet.nextNumber();
    outlet.events.push({
      type: 'block-start',
      choice: 0,
      block: this.#number,
      part: this.callsTool ? { kind: 'tool-call', id, name } : { kind: 'text' },
    });
  }

  delta(delta: JsonObject, { events }: BlockOutlet): boolean {
    const input = asObject(delta.toolUse)?.input;
    if (typeof input !== 'string') return false;
    this.#json += input;
    if (input !== '') events.push(this.#piece(input));
    return true;
  }

  /** Where the end of the block was never told, half a JSON is half a call. */
  end({ events }: BlockOutlet, stopped: boolean): boolean {
    if (this.#json === '') events.push(this.#piece('{}'));
    events.push({ type: 'block-end', choice: 0, block: this.#number });
    return stopped || this.#json === '' || tryParseLossless(this.#json) !== undefined;
  }

  #piece(json: string): AnswerEvent {
    const at = { choice: 0, block: this.#number };
    return this.callsTool ? { type: 'arguments', ...at, json } : { type: 'text', ...at, text: json };
  }
}

/** Thinking is given on as it comes; its proof is whole only at the end. */
export class ReasoningBlock implements OpenBlock {
  readonly callsTool = false;
  readonly #number: number;
  readonly #redacted: boolean;
  #proof = '';

  constructor(first: JsonObject, { events, nextNumber }: BlockOutlet) {
    this.#number = nextNumber();
    this.#redacted = typeof asObject(first.reasoningContent)?.redactedContent === 'string';
    events.push({
      type: 'block-start',
      choice: 0,
      block: this.#number,
      part: { kind: 'reasoning', origin: 'bedrock-converse', ...(this.#redacted ? { redacted: true } : {}) },
    });
  }

  delta(delta: JsonObject, { events }: BlockOutlet): boolean {
    const content = asObject(delta.reasoningContent);
    if (content === undefined) return false;
    const proof = this.#redacted ? content.redactedContent : content.signature;
    if (typeof proof === 'string') {
      this.#proof += proof;
      return true;
    }
    if (this.#redacted || typeof content.text !== 'string') return false;
    if (content.text !== '') events.push({ type: 'text', choice: 0, block: this.#number, text: content.text });
    return true;
  }

  end({ events }: BlockOutlet): boolean {
    const signature = this.#redacted ? redactedSignature(this.#proof) : this.#proof;
    if (signature !== '') events.push({ type: 'signature', choice: 0, block: this.#number, signature });
    events.push({ type: 'block-end', choice: 0, block: this.#number });
    return true;
  }
}

/** Images, and what the provider's own tools did: kept until it is complete. */
export class WholeBlock implements OpenBlock {
  readonly callsTool = false;
  readonly #kind: string;
  readonly #start: JsonObject;
  readonly #pieces: Json[] = [];
  #input = '';
  #bytes = '';

  constructor(start: JsonObject) {
    this.#kind = Object.keys(start)[0] ?? 'unknown';
    this.#start = (asObject(start[this.#kind]) ?? {}) as JsonObject;
  }

  delta(delta: JsonObject): boolean {
    const piece = delta[this.#kind];
    if (piece === undefined) return false;
    const object = asObject(piece);
    const bytes = asObject(object?.source)?.bytes;
    if (Array.isArray(piece)) this.#pieces.push(...piece);
    else if (typeof object?.input === 'string') this.#input += object.input;
    else if (typeof bytes === 'string') this.#bytes += bytes;
    else this.#pieces.push(piece);
    return true;
  }

  end({ events, nextNumber }: BlockOutlet): boolean {
    const raw = this.#raw();
    const image = this.#kind === 'image' ? toImage(raw) : undefined;
    const block = nextNumber();
    const part = image ?? foreignPart({ [this.#kind]: raw });
    events.push(
      { type: 'block-start', choice: 0, block, part: { kind: 'whole', part } },
      { type: 'block-end', choice: 0, block },
    );
    return true;
  }

  #raw(): JsonObject {
    return {
      ...this.#start,
      ...(this.#kind === 'toolUse'
        ? { input: tryParseLossless(this.#input === '' ? '{}' : this.#input) ?? this.#input }
        : {}),
      ...(this.#bytes === '' ? {} : { source: { bytes: this.#bytes } }),
      ...(this.#pieces.length === 0 ? {} : { content: this.#pieces }),
    };
  }
}
