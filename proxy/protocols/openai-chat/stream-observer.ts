/**
 * Follows a stream that is passed on: whole frames only, the usage frame hidden from clients that did not ask, `[DONE]`
 * held back until the end proves the stream whole, and a copy read for usage, finish reasons, errors and first content.
 */

import { unreachable } from '../../core/assert.ts';
import { parseJson } from '../../core/json-value.ts';
import type { Usage } from '../../core/usage.ts';
import type { ProviderError, StreamObserver, StreamStep, StreamSummary } from '../codec.ts';
import { Forwarder } from '../sse/forwarder.ts';
import { type Frame, FrameSplitter } from '../sse/frame-splitter.ts';
import { parseFrame } from '../sse/parse-frame.ts';
import { type DeltaTemplate, learnTemplate, matchOneLine, matchTemplate } from './delta-template.ts';
import { ExecutedTools } from './executed-tools.ts';
import { toFinishReason } from './finish-reason.ts';
import { toProviderError } from './provider-error.ts';
import { type ChunkFacts, readChunk } from './read-chunk.ts';

export const FRAME_BYTES_MAX = 8 * 1024 * 1024;
const BYTES_PER_TOKEN_LIKELY = 4;
const LEARN_MAX = 8;

type Problem = NonNullable<StreamSummary['problem']>;
/** What a frame is to the client. `bare-error`: an error without SSE framing, which is framed for the client. */
type Verdict = 'pass' | 'hide' | 'terminator' | 'error' | 'bare-error' | 'malformed';

export function observeStream(options: { hideUsage: boolean; frameBytesMax?: number }): StreamObserver {
  return new OpenAiChatObserver(options.hideUsage, options.frameBytesMax ?? FRAME_BYTES_MAX);
}

class OpenAiChatObserver implements StreamObserver {
  readonly #hideUsage: boolean;
  readonly #frameBytesMax: number;
  readonly #splitter = new FrameSplitter();
  /** Choice index to finish reason; undefined while it runs. */
  readonly #choices = new Map<number, string | undefined>();
  #template: DeltaTemplate | undefined;
  /** Templates learned since one last fitted. */
  #learnedInVain = 0;
  #model: string | undefined;
  #usage: Usage | undefined;
  #providerCostNano: number | undefined;
  readonly #ranTools = new ExecutedTools();
  #error: ProviderError | undefined;
  #problem: Problem | undefined;
  #terminator: Frame | undefined;
  #committed = false;
  #textBytes = 0;
  #textFrames = 0;
  #ended = false;

  constructor(hideUsage: boolean, frameBytesMax: number) {
    this.#hideUsage = hideUsage;
    this.#frameBytesMax = frameBytesMax;
  }

  push(chunk: Buffer): StreamStep {
    if (this.#problem !== undefined) return { committed: this.#committed };
    const text = chunk.toString('latin1');
    if (this.#isOneMore(text)) return { forward: chunk, committed: true };
    const out = new Forwarder();
    const errorBefore = this.#error;
    for (const frame of this.#splitter.push(chunk, text)) {
      this.#take(frame, out);
      if (this.#problem !== undefined) break;
    }
    if (this.#problem === undefined && this.#splitter.pendingBytes > this.#frameBytesMax)
      this.#problem = 'frame_too_large';
    return this.#step(out, errorBefore);
  }

  end(): { readonly forward?: Buffer; readonly summary: StreamSummary } {
    const out = new Forwarder();
    const rest = this.#ended || this.#problem !== undefined ? undefined : this.#splitter.flush();
    this.#ended = true;
    if (rest !== undefined) this.#takeRest(rest, out);
    const summary = this.summary();
    if (summary.complete && this.#terminator !== undefined) out.add(this.#terminator);
    const forward = out.take();
    return forward === undefined ? { summary } : { forward, summary };
  }

  summary(): StreamSummary {
    const finish = this.#firstFinish();
    const problem = this.#error === undefined ? (this.#problem ?? this.#missingEnd()) : undefined;
    const usage = this.#ranTools.addTo(this.#usage);
    return {
      ...(this.#model === undefined ? {} : { model: this.#model }),
      ...(usage === undefined ? {} : { usage }),
      ...(this.#providerCostNano === undefined ? {} : { providerCostNano: this.#providerCostNano }),
      ...(finish === undefined ? {} : { finishReason: toFinishReason(finish) }),
      ...(this.#error === undefined ? {} : { error: this.#error }),
      ...(problem === undefined ? {} : { problem }),
      outputTokensEstimate: Math.max(Math.ceil(this.#textBytes / BYTES_PER_TOKEN_LIKELY), this.#textFrames),
      complete: problem === undefined && this.#error === undefined,
      terminated: this.#terminator !== undefined,
    };
  }

  /** Nearly every chunk is one whole frame that fits the template. What was content once has committed the stream. */
  #isOneMore(text: string): boolean {
    if (this.#template === undefined || !this.#splitter.betweenFrames) return false;
    if (this.#error !== undefined || this.#terminator !== undefined) return false;
    const textBytes = matchOneLine(this.#template, text);
    if (textBytes < 0) return false;
    this.#learnedInVain = 0;
    this.#count(textBytes);
    return true;
  }

  #step(out: Forwarder, errorBefore: ProviderError | undefined): StreamStep {
    const forward = out.take();
    const error = errorBefore === undefined ? this.#error : undefined;
    const problem = this.#problem;
    const committed = this.#committed;
    if (error === undefined && problem === undefined) {
      return forward === undefined ? { committed } : { forward, committed };
    }
    return {
      ...(forward === undefined ? {} : { forward }),
      committed,
      ...(error === undefined ? {} : { error }),
      ...(problem === 'malformed_frame' || problem === 'frame_too_large' ? { problem } : {}),
    };
  }

  #take(frame: Frame, out: Forwarder): void {
    const over = this.#error !== undefined || this.#terminator !== undefined;
    const verdict = this.#judge(frame);
    // What follows an error or the terminator was read for its usage; no client would read it.
    if (over) return;
    switch (verdict) {
      case 'pass':
      case 'error':
        out.add(frame);
        return;
      case 'bare-error':
        out.addText(`data: ${JSON.stringify(parseJson(textOf(frame)))}\n\n`);
        return;
      case 'terminator':
        this.#terminator = frame;
        return;
      case 'malformed':
        this.#problem = 'malformed_frame';
        return;
      case 'hide':
        return;
      default:
        unreachable(verdict);
    }
  }

  /** The end of the stream stands for the blank line that a server left out, but not for the rest of an event. */
  #takeRest(rest: Frame, out: Forwarder): void {
    if (rest.text.startsWith(':') || rest.text.trim() === '') return;
    const known = this.#terminator !== undefined || this.#error !== undefined;
    if (parseFrame(rest) !== undefined || looksBare(rest)) this.#take(rest, out);
    else if (!known) this.#problem = 'cut';
    if (this.#problem === 'malformed_frame') this.#problem = 'cut';
  }

  #judge(frame: Frame): Verdict {
    const textBytes = this.#template === undefined ? -1 : matchTemplate(this.#template, frame.text);
    if (textBytes >= 0) {
      this.#learnedInVain = 0;
      this.#count(textBytes);
      return 'pass';
    }
    const event = parseFrame(frame);
    if (event === undefined) return looksBare(frame) ? this.#judgeBare(frame) : 'pass';
    if (event.data.trim() === '[DONE]') return 'terminator';
    const isErrorEvent = event.event === 'error';
    const value = parseJson(event.data) ?? (isErrorEvent ? event.data : undefined);
    const facts = readChunk(value, isErrorEvent);
    if (facts === undefined) return 'malformed';
    this.#note(facts);
    this.#learn(frame, facts);
    if (facts.error !== undefined) return 'error';
    return facts.usageOnly && this.#hideUsage ? 'hide' : 'pass';
  }

  /** A body of JSON without `data:` under text/event-stream: some servers send their errors so. */
  #judgeBare(frame: Frame): Verdict {
    const error = toProviderError(parseJson(textOf(frame)));
    if (error === undefined) return 'malformed';
    this.#error ??= error;
    return 'bare-error';
  }

  #note(facts: ChunkFacts): void {
    this.#model ??= facts.model;
    // Totals grow along the stream; the last ones stand.
    this.#usage = facts.usage ?? this.#usage;
    this.#providerCostNano = facts.providerCostNano ?? this.#providerCostNano;
    this.#error ??= facts.error;
    for (const choice of facts.choices) {
      this.#choices.set(choice.index, choice.finishReason ?? this.#choices.get(choice.index));
      this.#ranTools.note(choice.ranTools, choice.index);
      if (choice.hasContent) {
        this.#committed = true;
        this.#count(choice.textBytes);
      }
    }
  }

  #learn(frame: Frame, { choices, usage, error, padded }: ChunkFacts): void {
    const only = choices.length === 1 ? choices[0] : undefined;
    if (only === undefined || usage !== undefined || error !== undefined) return;
    if (!only.hasContent || only.finishReason !== undefined) return;
    this.#learnedInVain += 1;
    // Where every frame differs in more than its text, learning costs more than parsing.
    this.#template = this.#learnedInVain > LEARN_MAX ? undefined : learnTemplate(frame.text, padded);
  }

  #count(textBytes: number): void {
    if (textBytes === 0) return;
    this.#textBytes += textBytes;
    this.#textFrames += 1;
  }

  #firstFinish(): string | undefined {
    let lowest: number | undefined;
    for (const [index, finish] of this.#choices) {
      if (finish !== undefined && (lowest === undefined || index < lowest)) lowest = index;
    }
    return lowest === undefined ? undefined : this.#choices.get(lowest);
  }

  #missingEnd(): Problem | undefined {
    const finished = this.#choices.size > 0 && [...this.#choices.values()].every((finish) => finish !== undefined);
    if (finished) return undefined;
    return this.#terminator === undefined ? 'cut' : 'no_finish_reason';
  }
}

function looksBare(frame: Frame): boolean {
  return /^(?:\xef\xbb\xbf)?\s*[[{]/.test(frame.text);
}

function textOf(frame: Frame): string {
  return frame.bytes.toString('utf8', frame.start, frame.end);
}
