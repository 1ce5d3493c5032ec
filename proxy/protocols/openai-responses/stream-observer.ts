/**
 * Follows a response stream that is passed on: whole frames only, and a copy read for usage, the end, errors and first
 * content. The last event says itself that the stream is whole, so nothing has to be held back for it. An `error` event is:
 * OpenAI sends `response.failed` behind it, which is the one that Codex understands, so both go out together.
 */
import { asObject, type JsonObject, parseJson } from '../../core/json-value.ts';
import type { ObservedResult, ProviderError, StreamObserver, StreamStep, StreamSummary } from '../codec.ts';
import { Forwarder } from '../sse/forwarder.ts';
import { type Frame, FrameSplitter } from '../sse/frame-splitter.ts';
import { parseFrame } from '../sse/parse-frame.ts';
import { encodeFailure, errorIn, frame as frameOf } from './errors.ts';
import { endedResponse } from './finish-reason.ts';
import { observe } from './inspect-result.ts';
import { isContent, writtenIn } from './observed-event.ts';
import { readEvent, type WireEvent } from './read-event.ts';
import { billedItem, decodeUsage } from './usage.ts';
import { BYTES_PER_TOKEN_LIKELY } from './written-bytes.ts';

export const FRAME_BYTES_MAX = 32 * 1024 * 1024;

type Problem = NonNullable<StreamSummary['problem']>;

/** Usage is part of the last event, which every client needs: there is nothing to hide. */
export function observeStream(options: { hideUsage: boolean; frameBytesMax?: number }): StreamObserver {
  return new ResponsesObserver(options.frameBytesMax ?? FRAME_BYTES_MAX);
}

class ResponsesObserver implements StreamObserver {
  readonly #frameBytesMax: number;
  readonly #splitter = new FrameSplitter();
  #observed: Omit<ObservedResult, 'outputTokensEstimate'> = {};
  readonly #toolUses: JsonObject[] = [];
  #error: ProviderError | undefined;
  #heldError: { frame: Frame; error: ProviderError } | undefined;
  #problem: Problem | undefined;
  #finished = false;
  #committed = false;
  #textBytes = 0;
  #deltas = 0;
  /** Of the next event. */
  #sequence = 0;
  /** As the first event had it: what a failed end repeats. */
  #response: JsonObject | undefined;
  #ended = false;

  constructor(frameBytesMax: number) {
    this.#frameBytesMax = frameBytesMax;
  }

  push(chunk: Buffer): StreamStep {
    if (this.#problem !== undefined) return { committed: this.#committed };
    const out = new Forwarder();
    const before = this.#error;
    for (const frame of this.#splitter.push(chunk)) {
      this.#take(frame, out);
      if (this.#problem !== undefined) break;
    }
    if (this.#splitter.pendingBytes > this.#frameBytesMax) this.#problem ??= 'frame_too_large';
    const forward = out.take();
    return {
      ...(forward === undefined ? {} : { forward }),
      committed: this.#committed,
      ...(before === undefined && this.#error !== undefined ? { error: this.#error } : {}),
      ...this.#unreadable(),
    };
  }

  end(): { readonly forward?: Buffer; readonly summary: StreamSummary } {
    const out = new Forwarder();
    const rest = this.#ended || this.#problem !== undefined ? undefined : this.#splitter.flush();
    this.#ended = true;
    if (rest !== undefined) {
      this.#take(rest, out);
      // The end of the stream stands for a blank line, but not for the rest of an event.
      if (this.#problem === 'malformed_frame') this.#problem = 'cut';
    }
    this.#releaseError(out);
    const forward = out.take();
    const summary = this.summary();
    return forward === undefined ? { summary } : { forward, summary };
  }

  summary(): StreamSummary {
    const error = this.#error ?? this.#heldError?.error;
    const problem = error === undefined ? (this.#problem ?? this.#missingEnd()) : undefined;
    // A stream that was cut has made its searches all the same.
    const usage = this.#observed.usage ?? decodeUsage(undefined, this.#toolUses);
    return {
      ...this.#observed,
      ...(usage === undefined ? {} : { usage }),
      ...(error === undefined ? {} : { error }),
      ...(problem === undefined ? {} : { problem }),
      outputTokensEstimate: Math.max(Math.ceil(this.#textBytes / BYTES_PER_TOKEN_LIKELY), this.#deltas),
      complete: problem === undefined && error === undefined,
      terminated: this.#finished,
    };
  }

  fail(error: ProviderError): Buffer | undefined {
    const response = this.#response;
    return response === undefined ? undefined : encodeFailure(error, { sequence: this.#sequence, response });
  }

  #unreadable(): Pick<StreamStep, 'problem'> {
    const problem = this.#problem;
    return problem === 'malformed_frame' || problem === 'frame_too_large' ? { problem } : {};
  }

  #missingEnd(): Problem | undefined {
    if (!this.#finished) return 'cut';
    return this.#observed.finishReason === undefined ? 'no_finish_reason' : undefined;
  }

  #take(frame: Frame, out: Forwarder): void {
    // No client reads on behind an error.
    if (this.#error !== undefined) return;
    const sse = parseFrame(frame);
    if (sse === undefined) {
      this.#takeBare(frame, out);
      return;
    }
    if (sse.data.trim() === '[DONE]') {
      this.#releaseError(out);
      if (this.#error === undefined) out.add(frame);
      return;
    }
    const event = readEvent(sse);
    if (event === undefined) {
      this.#problem = 'malformed_frame';
      return;
    }
    this.#follow(event, frame, out);
  }

  #follow(event: WireEvent, frame: Frame, out: Forwarder): void {
    const { type, fields } = event;
    if (type === 'error') {
      const error = errorIn(fields, true) ?? NO_REASON;
      if (this.#heldError === undefined) this.#heldError = { frame, error };
      return;
    }
    const failed = type === 'response.failed' || type === 'response.cancelled';
    if (this.#heldError !== undefined) {
      this.#releaseError(out);
      if (failed) this.#note(fields.response);
      if (failed) out.add(frame);
      return;
    }
    out.add(frame);
    this.#follows(event);
    if (failed) {
      this.#note(fields.response);
      this.#error = errorIn(fields.response, true) ?? NO_REASON;
    } else if (type === 'response.completed' || type === 'response.incomplete' || type === 'response.done') {
      this.#finish(endedResponse(type, fields.response));
    } else {
      if (isContent(event)) this.#committed = true;
      this.#count(event);
    }
  }

  #finish(response: unknown): void {
    // A second one says nothing new.
    if (this.#finished) return;
    this.#finished = true;
    const { error, outputTokensEstimate, ...observed } = observe(response, this.#toolUses);
    this.#observed = { ...this.#observed, ...observed };
    this.#error = error;
    if (this.#textBytes === 0) this.#textBytes = outputTokensEstimate * BYTES_PER_TOKEN_LIKELY;
    if (outputTokensEstimate > 0) this.#committed = true;
  }

  #follows({ type, fields }: WireEvent): void {
    const { sequence_number: number } = fields;
    this.#sequence = typeof number === 'number' && Number.isSafeInteger(number) ? number + 1 : this.#sequence + 1;
    if (type === 'response.created') this.#response = asObject(fields.response);
  }

  /** A failed response may say what it had cost until then. */
  #note(response: unknown): void {
    const usage = decodeUsage(asObject(response)?.usage, this.#toolUses);
    const model = asObject(response)?.model;
    this.#observed = {
      ...this.#observed,
      ...(typeof model === 'string' ? { model } : {}),
      ...(usage === undefined ? {} : { usage }),
    };
  }

  #count(event: WireEvent): void {
    if (event.type === 'response.output_item.done') this.#toolUses.push(...billedItem(event.fields.item));
    const { model, textBytes } = writtenIn(event);
    if (model !== undefined && this.#observed.model === undefined) this.#observed = { ...this.#observed, model };
    if (textBytes === 0) return;
    this.#textBytes += textBytes;
    this.#deltas += 1;
  }

  #releaseError(out: Forwarder): void {
    if (this.#heldError === undefined) return;
    out.add(this.#heldError.frame);
    this.#error = this.#heldError.error;
    this.#heldError = undefined;
  }

  /** Comments pass; JSON without `data:` under text/event-stream is how some servers send their errors. */
  #takeBare(frame: Frame, out: Forwarder): void {
    const text = frame.bytes.toString('utf8', frame.start, frame.end).trim();
    if (!text.startsWith('{') && !text.startsWith('[')) {
      if (this.#heldError === undefined) out.add(frame);
      return;
    }
    const value = parseJson(text);
    const error = errorIn(value);
    if (error === undefined) {
      this.#problem = 'malformed_frame';
      return;
    }
    this.#error = error;
    const { code = null, message } = error;
    out.addText(this.fail(error)?.toString() ?? frameOf('error', { type: 'error', code, message, param: null }));
  }
}

const NO_REASON: ProviderError = { message: 'the provider says that the response failed, without a reason' };
