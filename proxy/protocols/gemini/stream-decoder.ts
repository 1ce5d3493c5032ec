/** A streamed answer as part events. There is no [DONE]: it is whole when every candidate that began said why it ended. */
import type { AnswerEvent } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Usage } from '../../core/usage.ts';
import type { AnswerStreamDecoder } from '../translation.ts';
import { AnswerCallIds } from './call-ids.ts';
import { CandidateStream } from './candidate-stream.ts';
import { ChunkSource, type WireChunk } from './chunk-source.ts';
import { createdAt } from './decode-answer.ts';
import { blockedFinish, blockName } from './finish-reason.ts';
import { GroundingCounts } from './grounding-counts.ts';
import { toProviderError } from './provider-error.ts';
import { isHarmless } from './shallow.ts';
import { mergeUsageMetadata, toUsage, type UsageCounts } from './usage.ts';
import { asJsonObject, countField, field, listField, objectField, textField } from './wire.ts';

/** A generated image is one event. */
export const FRAME_BYTES_MAX = 32 * 1024 * 1024;
/** Far above what Google generates at once. */
const CANDIDATES_MAX = 64;

export function decodeStream(): AnswerStreamDecoder {
  return new GeminiStreamDecoder();
}

class GeminiStreamDecoder implements AnswerStreamDecoder {
  readonly #source = new ChunkSource();
  readonly #ids = new AnswerCallIds();
  readonly #candidates = new Map<number, CandidateStream>();
  #counts: UsageCounts = {};
  readonly #grounding = new GroundingCounts();
  #model: string | undefined;
  #answerId: string | undefined;
  #started = false;
  #blocked: string | undefined;
  #failed = false;
  #problem: string | undefined;
  #ended = false;

  push(chunk: Buffer): readonly AnswerEvent[] {
    if (this.#isOver) return [];
    const events: AnswerEvent[] = [];
    for (const wire of this.#source.push(chunk)) {
      if (!this.#isOver) this.#take(wire, events);
    }
    if (this.#source.pendingBytes > FRAME_BYTES_MAX) this.#problem ??= 'frame_too_large';
    return events;
  }

  end(): ReturnType<AnswerStreamDecoder['end']> {
    const events: AnswerEvent[] = [];
    if (!this.#isOver) {
      const { chunks, cut } = this.#source.end();
      for (const wire of chunks) this.#take(wire, events);
      if (cut && !this.#failed) this.#problem ??= 'cut';
    }
    const wasOver = this.#ended;
    this.#ended = true;
    if (!this.#failed && !wasOver) {
      this.#problem ??= this.#missingEnd();
      if (this.#problem === undefined) this.#finish(events);
    }
    const usage = this.#usage();
    return {
      events,
      complete: !this.#failed && this.#problem === undefined,
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
      ...(usage === undefined ? {} : { usage }),
    };
  }

  get #isOver(): boolean {
    return this.#failed || this.#problem !== undefined || this.#ended;
  }

  #take({ value, bytes }: WireChunk, events: AnswerEvent[]): void {
    const error = toProviderError(value);
    if (error !== undefined) {
      this.#failed = true;
      events.push({ type: 'error', error });
      return;
    }
    const chunk = asJsonObject(value);
    if (chunk === undefined || !isHarmless(chunk, bytes.length)) {
      this.#problem = 'malformed_frame';
      return;
    }
    this.#start(chunk, events);
    const id = textField(chunk, 'responseId');
    // Two answers spliced into one.
    if (id !== undefined && this.#answerId !== undefined && id !== this.#answerId) {
      this.#problem = 'malformed_frame';
      return;
    }
    const candidates = listField(chunk, 'candidates');
    for (const [place, each] of candidates.entries()) {
      const candidate = asJsonObject(each);
      const added =
        candidate === undefined ? undefined : this.#candidate(candidate, place)?.push(candidate, this.#answerId);
      if (added === undefined) {
        this.#problem = 'malformed_frame';
        return;
      }
      this.#grounding.note(candidate);
      events.push(...added);
    }
    this.#blocked ??= blockName(field(objectField(chunk, 'promptFeedback'), 'blockReason'));
    this.#count(chunk, events);
  }

  #start(chunk: JsonObject, events: AnswerEvent[]): void {
    if (this.#started) return;
    this.#started = true;
    const id = textField(chunk, 'responseId');
    const model = textField(chunk, 'modelVersion');
    const created = createdAt(chunk);
    this.#answerId = id;
    this.#model = model;
    events.push({
      type: 'start',
      ...(id === undefined ? {} : { id }),
      ...(model === undefined ? {} : { model }),
      ...(created === undefined ? {} : { created }),
    });
  }

  #candidate(candidate: JsonObject, place: number): CandidateStream | undefined {
    const index = countField(candidate, 'index') ?? place;
    const known = this.#candidates.get(index);
    if (known !== undefined || index >= CANDIDATES_MAX) return known;
    const stream = new CandidateStream(index, this.#ids);
    this.#candidates.set(index, stream);
    return stream;
  }

  #count(chunk: JsonObject, events: AnswerEvent[]): void {
    const counts = mergeUsageMetadata(this.#counts, field(chunk, 'usageMetadata'));
    if (counts === this.#counts) return;
    this.#counts = counts;
    const usage = this.#usage();
    if (usage !== undefined) events.push({ type: 'usage', usage });
  }

  #usage(): Usage | undefined {
    return toUsage(this.#counts, this.#grounding.counts(this.#model));
  }

  #missingEnd(): string | undefined {
    const streams = [...this.#candidates.values()];
    if (streams.length === 0) return this.#blocked === undefined ? 'cut' : undefined;
    return streams.every((stream) => stream.isComplete) ? undefined : 'no_finish_reason';
  }

  #finish(events: AnswerEvent[]): void {
    for (const stream of this.#candidates.values()) events.push(...stream.end());
    if (this.#candidates.size === 0 && this.#blocked !== undefined) {
      events.push({ type: 'finish', choice: 0, finishReason: blockedFinish(this.#blocked) });
    }
  }
}
