/** One block of a stream while it is open: which deltas it takes, and what they become. */
import type { AnswerEvent, BlockHead } from '../../core/answer.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { asText } from '../../core/json-value.ts';
import { parseLossless, printLossless } from '../json/lossless.ts';
import { toCitation } from './citation.ts';
import { blocksOf, typeOf } from './decode-block.ts';
import { unpackSignature } from './signature.ts';
import { STRUCTURED_OUTPUT_TOOL } from './structured-output-tool.ts';

export interface OpenBlock {
  readonly isToolCall: boolean;
  /** False: the delta does not belong to a block of this type, or lacks what it should carry. */
  delta(delta: JsonObject, events: AnswerEvent[]): boolean;
  end(events: AnswerEvent[]): void;
}

/** Undefined when the block lacks what makes it one. */
export function openBlock(block: JsonObject, number: number, events: AnswerEvent[]): OpenBlock | undefined {
  switch (block.type) {
    case 'text':
      return openText(block, number, events);
    case 'thinking':
      return openThinking(block, number, events);
    case 'redacted_thinking':
      return openRedacted(block, number, events);
    case 'tool_use':
      return openToolUse(block, number, events);
    default:
      return new ForeignBlock(block, number);
  }
}

/** A block whose deltas pass as they come. */
function live(
  number: number,
  part: BlockHead,
  events: AnswerEvent[],
  take: (delta: JsonObject) => AnswerEvent | undefined,
): OpenBlock {
  events.push({ type: 'block-start', choice: 0, block: number, part });
  return {
    isToolCall: part.kind === 'tool-call',
    delta(delta, out) {
      const event = take(delta);
      if (event !== undefined) out.push(event);
      return event !== undefined;
    },
    end(out) {
      out.push({ type: 'block-end', choice: 0, block: number });
    },
  };
}

function openText(block: JsonObject, number: number, events: AnswerEvent[]): OpenBlock | undefined {
  const opened = live(number, { kind: 'text' }, events, (delta) => {
    if (delta.type === 'text_delta' && typeof delta.text === 'string') {
      return { type: 'text', choice: 0, block: number, text: delta.text };
    }
    const [citation] = delta.type === 'citations_delta' ? (blocksOf([delta.citation ?? null]) ?? []) : [];
    if (citation === undefined) return undefined;
    return { type: 'citation', choice: 0, block: number, citation: toCitation(citation) };
  });
  if (typeof block.text === 'string' && block.text !== '') {
    events.push({ type: 'text', choice: 0, block: number, text: block.text });
  }
  for (const citation of blocksOf(block.citations) ?? []) {
    events.push({ type: 'citation', choice: 0, block: number, citation: toCitation(citation) });
  }
  return opened;
}

function openThinking(block: JsonObject, number: number, events: AnswerEvent[]): OpenBlock {
  const head: BlockHead = { kind: 'reasoning', origin: 'anthropic-messages' };
  const opened = live(number, head, events, (delta) => {
    if (delta.type === 'thinking_delta' && typeof delta.thinking === 'string') {
      return { type: 'text', choice: 0, block: number, text: delta.thinking };
    }
    if (delta.type === 'signature_delta' && typeof delta.signature === 'string') {
      return { type: 'signature', choice: 0, block: number, signature: delta.signature };
    }
    return undefined;
  });
  const text = asText(block.thinking);
  if (text !== undefined) events.push({ type: 'text', choice: 0, block: number, text });
  const signature = asText(block.signature);
  if (signature !== undefined) events.push({ type: 'signature', choice: 0, block: number, signature });
  return opened;
}

function openRedacted(block: JsonObject, number: number, events: AnswerEvent[]): OpenBlock | undefined {
  if (typeof block.data !== 'string') return undefined;
  const { signature, origin } = unpackSignature(block.data);
  const head: BlockHead = { kind: 'reasoning', redacted: true, ...(origin === undefined ? {} : { origin }) };
  const opened = live(number, head, events, () => undefined);
  if (signature !== undefined) events.push({ type: 'signature', choice: 0, block: number, signature });
  return opened;
}

function openToolUse(block: JsonObject, number: number, events: AnswerEvent[]): OpenBlock | undefined {
  const id = asText(block.id);
  const name = asText(block.name);
  if (id === undefined || name === undefined) return undefined;
  const isOutput = name === STRUCTURED_OUTPUT_TOOL;
  const piece = (json: string): AnswerEvent =>
    isOutput
      ? { type: 'text', choice: 0, block: number, text: json }
      : { type: 'arguments', choice: 0, block: number, json };
  let any = false;
  const opened = live(number, isOutput ? { kind: 'text' } : { kind: 'tool-call', id, name }, events, (delta) => {
    if (delta.type !== 'input_json_delta' || typeof delta.partial_json !== 'string') return undefined;
    any ||= delta.partial_json !== '';
    return piece(delta.partial_json);
  });
  return {
    ...opened,
    end(out) {
      // Some servers send the whole input with the start; without arguments the input is the empty object of the start.
      if (!any) out.push(piece(printLossless(block.input ?? {})));
      opened.end(out);
    },
  };
}

/** Known to this protocol only, and whole at once everywhere else: kept until it is complete. */
class ForeignBlock implements OpenBlock {
  readonly isToolCall = false;
  readonly #number: number;
  readonly #raw: Record<string, Json>;
  #input = '';

  constructor(block: JsonObject, number: number) {
    this.#raw = { ...block };
    this.#number = number;
  }

  delta(delta: JsonObject): boolean {
    if (delta.type === 'input_json_delta' && typeof delta.partial_json === 'string') {
      this.#input += delta.partial_json;
      return true;
    }
    if (!/^[a-z_]+_delta$/.test(typeOf(delta)) || /^(?:text|thinking|signature|citations)_delta$/.test(typeOf(delta))) {
      return false;
    }
    for (const [key, value] of Object.entries(delta)) {
      if (key === 'type') continue;
      const before = this.#raw[key];
      this.#raw[key] = typeof value === 'string' && typeof before === 'string' ? before + value : value;
    }
    return true;
  }

  end(events: AnswerEvent[]): void {
    const raw: JsonObject = this.#input === '' ? this.#raw : { ...this.#raw, input: parseInput(this.#input) };
    const part = { kind: 'foreign', protocol: 'anthropic-messages', type: typeOf(raw), raw } as const;
    events.push(
      { type: 'block-start', choice: 0, block: this.#number, part: { kind: 'whole', part } },
      { type: 'block-end', choice: 0, block: this.#number },
    );
  }
}

/** Cut short by the token limit it is no JSON, and stays what it is. */
function parseInput(text: string): Json {
  try {
    return parseLossless(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
