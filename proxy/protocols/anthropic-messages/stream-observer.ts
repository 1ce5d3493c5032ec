/**
 * Follows a stream that is passed on: whole frames only, message_stop held back until the end proves the stream whole, and
 * a copy read for usage, stop reason, errors and first content. Two messages spliced into one are stopped where it shows.
 */
import { unreachable } from '../../core/assert.ts';
import { asText } from '../../core/json-value.ts';
import type { Usage } from '../../core/usage.ts';
import type { ProviderError, StreamObserver, StreamStep, StreamSummary } from '../codec.ts';
import { providerCostNano } from '../extra-counts.ts';
import { Forwarder } from '../sse/forwarder.ts';
import { type Frame, FrameSplitter } from '../sse/frame-splitter.ts';
import { matchDelta } from './fast-delta.ts';
import { toFinishReason } from './finish-reason.ts';
import type { WireEvent } from './read-event.ts';
import { readFrame } from './read-frame.ts';
import { StreamOrder } from './stream-order.ts';
import { isSearch, mergeUsage, toUsage, withSearches } from './usage.ts';

export const FRAME_BYTES_MAX = 8 * 1024 * 1024;
const BYTES_PER_TOKEN_LIKELY = 3.5;

/** Events that carry a piece of the answer. */
const CONTENT_EVENT = /^(?:message|content_block)_/;

type Problem = NonNullable<StreamSummary['problem']>;
/** What a frame is to the client. `bare-error`: an error without SSE framing, which is framed for the client. */
type Verdict = 'pass' | 'terminator' | 'error' | 'bare-error' | 'malformed';

/** Usage is never hidden: every client of this protocol reads it. */
export function observeStream(options: { hideUsage: boolean; frameBytesMax?: number }): StreamObserver {
  return new MessageStreamObserver(options.frameBytesMax ?? FRAME_BYTES_MAX);
}

class MessageStreamObserver implements StreamObserver {
  readonly #frameBytesMax: number;
  readonly #splitter = new FrameSplitter();
  readonly #order = new StreamOrder();
  #model: string | undefined;
  #rawUsage: Readonly<Record<string, unknown>> | undefined;
  #usage: Usage | undefined;
  #usageKnown = false;
  #searches = 0;
  #error: ProviderError | undefined;
  /** The error as it was sent, when it came without framing. */
  #bareError: unknown;
  #problem: Problem | undefined;
  readonly #held: Frame[] = [];
  #committed = false;
  #textBytes = 0;
  #textFrames = 0;
  #ended = false;

  constructor(frameBytesMax: number) {
    this.#frameBytesMax = frameBytesMax;
  }

  push(chunk: Buffer): StreamStep {
    if (this.#problem !== undefined) return { committed: this.#committed };
    const out = new Forwarder();
    const errorBefore = this.#error;
    for (const frame of this.#splitter.push(chunk)) {
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
    if (summary.complete) for (const frame of this.#held) out.add(frame);
    const forward = out.take();
    return forward === undefined ? { summary } : { forward, summary };
  }

  summary(): StreamSummary {
    const raw = this.#order.stopReason;
    const problem = this.#error === undefined ? (this.#problem ?? this.#missingEnd()) : undefined;
    const usage = this.#usageKnown ? this.#usage : withSearches(this.#usage, this.#searches);
    const cost = providerCostNano(this.#rawUsage);
    return {
      ...(this.#model === undefined ? {} : { model: this.#model }),
      ...(usage === undefined ? {} : { usage }),
      ...(cost === undefined ? {} : { providerCostNano: cost }),
      ...(raw === undefined ? {} : { finishReason: toFinishReason(raw) }),
      ...(this.#error === undefined ? {} : { error: this.#error }),
      ...(problem === undefined ? {} : { problem }),
      outputTokensEstimate: Math.max(Math.ceil(this.#textBytes / BYTES_PER_TOKEN_LIKELY), this.#textFrames),
      complete: problem === undefined && this.#error === undefined,
      terminated: this.#order.stopped,
    };
  }

  #missingEnd(): Problem | undefined {
    if (!this.#order.stopped) return 'cut';
    return this.#order.stopReason === undefined ? 'no_finish_reason' : undefined;
  }

  #step(out: Forwarder, errorBefore: ProviderError | undefined): StreamStep {
    const forward = out.take();
    const error = errorBefore === undefined ? this.#error : undefined;
    const problem = this.#problem;
    return {
      ...(forward === undefined ? {} : { forward }),
      committed: this.#committed,
      ...(error === undefined ? {} : { error }),
      ...(problem === 'malformed_frame' || problem === 'frame_too_large' ? { problem } : {}),
    };
  }

  #take(frame: Frame, out: Forwarder): void {
    if (this.#error !== undefined) return;
    if (this.#order.stopped) {
      this.#takeTrailer(frame);
      return;
    }
    const verdict = this.#judge(frame);
    switch (verdict) {
      case 'pass':
      case 'error':
        out.add(frame);
        return;
      case 'bare-error':
        out.addText(`event: error\ndata: ${JSON.stringify(this.#bareError)}\n\n`);
        return;
      case 'terminator':
        this.#held.push(frame);
        return;
      case 'malformed':
        this.#problem = 'malformed_frame';
        return;
      default:
        unreachable(verdict);
    }
  }

  /** After message_stop only what says nothing of a message passes (OpenRouter's `[DONE]`, comments). */
  #takeTrailer(frame: Frame): void {
    if (readFrame(frame).event.type === 'skip') this.#held.push(frame);
  }

  /** The end of the stream stands for the blank line that a server left out, but not for the rest of an event. */
  #takeRest(rest: Frame, out: Forwarder): void {
    if (rest.text.startsWith(':') || rest.text.trim() === '') return;
    const known = this.#order.stopped || this.#error !== undefined;
    if (!readFrame(rest).empty) this.#take(rest, out);
    else if (!known) this.#problem = 'cut';
    if (this.#problem === 'malformed_frame') this.#problem = 'cut';
  }

  #judge(frame: Frame): Verdict {
    const fast = matchDelta(frame.text);
    if (fast !== undefined) {
      if (!this.#order.acceptDelta(fast.index)) return 'malformed';
      this.#count(fast.textBytes);
      return 'pass';
    }
    const { event, bare, name, isObject } = readFrame(frame);
    // A kind of event that is not known here may be known to the client, and its bytes pass.
    if (event.type === 'malformed' && isObject && name !== undefined && !CONTENT_EVENT.test(name)) return 'pass';
    if (!this.#order.accept(event)) return 'malformed';
    this.#bareError = bare;
    return this.#note(event);
  }

  #note(event: WireEvent): Verdict {
    switch (event.type) {
      case 'start':
        this.#model = asText(event.message.model);
        this.#noteUsage(event.message.usage, false);
        return 'pass';
      case 'block-start':
        if (isSearch(event.block)) this.#searches += 1;
        // Text and thinking begin empty; every other block is content by being there.
        if (event.block.type !== 'text' && event.block.type !== 'thinking') this.#count(1);
        this.#count(Buffer.byteLength(asText(event.block.text) ?? asText(event.block.thinking) ?? ''));
        return 'pass';
      case 'delta':
        this.#count(deltaBytes(event.delta));
        return 'pass';
      case 'message-delta':
        this.#noteUsage(event.usage, true);
        return 'pass';
      case 'stop':
        return 'terminator';
      case 'error':
        this.#error = event.error;
        return this.#bareError === undefined ? 'error' : 'bare-error';
      case 'block-stop':
      case 'skip':
        return 'pass';
      case 'malformed':
        return 'malformed';
      default:
        return event satisfies never;
    }
  }

  #noteUsage(reported: unknown, outputKnown: boolean): void {
    this.#rawUsage = mergeUsage(this.#rawUsage, reported);
    if (reported === undefined) return;
    this.#usage = toUsage(this.#rawUsage, outputKnown) ?? this.#usage;
    this.#usageKnown ||= outputKnown;
  }

  #count(textBytes: number): void {
    if (textBytes === 0) return;
    this.#committed = true;
    this.#textBytes += textBytes;
    this.#textFrames += 1;
  }
}

function deltaBytes(delta: Readonly<Record<string, unknown>>): number {
  const text = asText(delta.text) ?? asText(delta.thinking) ?? asText(delta.partial_json) ?? asText(delta.content);
  if (text !== undefined) return Buffer.byteLength(text);
  // A signature alone is the proof of thinking that the client asked not to see.
  return asText(delta.signature) === undefined ? 0 : 1;
}
