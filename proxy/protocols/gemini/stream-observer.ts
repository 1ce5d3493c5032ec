/**
 * Follows a stream that is passed on: whole chunks only, a copy read for usage, ends, errors and first content. The end is the end of
 * the connection, so there is nothing to hold back but a list's closing bracket. Comments do not pass: gemini CLI stops at them.
 */
import type { Json } from '../../core/json.ts';
import type { ProviderError, StreamObserver, StreamStep, StreamSummary } from '../codec.ts';
import { printLossless } from '../json/lossless.ts';
import { ChunkSource, type WireChunk } from './chunk-source.ts';
import { blockedFinish, toFinishReason } from './finish-reason.ts';
import { GroundingCounts } from './grounding-counts.ts';
import { type ChunkFacts, readChunk } from './read-chunk.ts';
import { isHarmless } from './shallow.ts';
import { FRAME_BYTES_MAX } from './stream-decoder.ts';
import { listFraming, type StreamFraming, sseFraming } from './stream-framing.ts';
import { mergeUsageMetadata, toUsage, type UsageCounts } from './usage.ts';

const BYTES_PER_TOKEN_LIKELY = 4;

type Problem = NonNullable<StreamSummary['problem']>;

interface CandidateState {
  finish: string | undefined;
  hasToolCall: boolean;
}

/** Usage is never hidden: every client of this protocol reads it. */
export function observeStream(options: { hideUsage: boolean; frameBytesMax?: number }): StreamObserver {
  return new GeminiObserver(sseFraming(), options.frameBytesMax ?? FRAME_BYTES_MAX);
}

/** For streamGenerateContent without alt=sse. */
export function observeListStream(options: { hideUsage: boolean; frameBytesMax?: number }): StreamObserver {
  return new GeminiObserver(listFraming(), options.frameBytesMax ?? FRAME_BYTES_MAX);
}

class GeminiObserver implements StreamObserver {
  readonly #framing: StreamFraming;
  readonly #frameBytesMax: number;
  readonly #source = new ChunkSource();
  readonly #candidates = new Map<number, CandidateState>();
  #id: string | undefined;
  #model: string | undefined;
  #counts: UsageCounts = {};
  readonly #grounding = new GroundingCounts();
  #blocked: string | undefined;
  #error: ProviderError | undefined;
  #problem: Problem | undefined;
  #committed = false;
  #textBytes = 0;
  #textChunks = 0;
  #ended = false;

  constructor(framing: StreamFraming, frameBytesMax: number) {
    this.#framing = framing;
    this.#frameBytesMax = frameBytesMax;
  }

  push(chunk: Buffer): StreamStep {
    if (this.#isOver) return { committed: this.#committed };
    const out: Buffer[] = [];
    for (const wire of this.#source.push(chunk)) {
      if (this.#isOver) break;
      this.#take(wire, out);
    }
    if (!this.#isOver && this.#source.pendingBytes > this.#frameBytesMax) this.#problem = 'frame_too_large';
    return this.#step(out);
  }

  end(): { readonly forward?: Buffer; readonly summary: StreamSummary } {
    const out: Buffer[] = [];
    if (!this.#isOver) {
      const { chunks, rest, cut } = this.#source.end();
      for (const wire of chunks) this.#take(wire, out);
      if (cut && this.#error === undefined) this.#problem ??= 'cut';
      const summary = this.summary();
      // The list's own closing bracket, or one for a list that was not sent as such.
      if (summary.complete && this.#framing.form === 'list') {
        out.push(this.#source.isList && rest !== undefined ? rest : Buffer.from(this.#framing.end()));
      }
    }
    this.#ended = true;
    const forward = joined(out);
    const summary = this.summary();
    return forward === undefined ? { summary } : { forward, summary };
  }

  summary(): StreamSummary {
    const usage = toUsage(this.#counts, this.#grounding.counts(this.#model));
    const finishReason = this.#finishReason();
    const problem = this.#error === undefined ? (this.#problem ?? this.#missingEnd()) : undefined;
    const complete = problem === undefined && this.#error === undefined;
    return {
      ...(this.#model === undefined ? {} : { model: this.#model }),
      ...(usage === undefined ? {} : { usage }),
      ...(finishReason === undefined ? {} : { finishReason }),
      ...(this.#error === undefined ? {} : { error: this.#error }),
      ...(problem === undefined ? {} : { problem }),
      outputTokensEstimate: Math.max(Math.ceil(this.#textBytes / BYTES_PER_TOKEN_LIKELY), this.#textChunks),
      complete,
      terminated: complete,
    };
  }

  get #isOver(): boolean {
    return this.#error !== undefined || this.#problem !== undefined || this.#ended;
  }

  #step(out: readonly Buffer[]): StreamStep {
    const forward = joined(out);
    const problem = this.#problem;
    return {
      ...(forward === undefined ? {} : { forward }),
      committed: this.#committed,
      ...(this.#error === undefined ? {} : { error: this.#error }),
      ...(problem === 'malformed_frame' || problem === 'frame_too_large' ? { problem } : {}),
    };
  }

  #take(wire: WireChunk, out: Buffer[]): void {
    const { value } = wire;
    const facts = value === undefined || !isHarmless(value, wire.bytes.length) ? undefined : readChunk(value);
    if (value === undefined || facts === undefined || (wire.bare && facts.error === undefined)) {
      this.#problem = 'malformed_frame';
      return;
    }
    if (this.#isOther(facts)) {
      this.#problem = 'malformed_frame';
      return;
    }
    out.push(this.#framed(wire, value));
    this.#id ??= facts.id;
    this.#model ??= facts.model;
    this.#counts = mergeUsageMetadata(this.#counts, facts.usageMetadata);
    this.#blocked ??= facts.blocked;
    this.#error = facts.error;
    for (const candidate of facts.candidates) {
      const state = this.#candidates.get(candidate.index) ?? { finish: undefined, hasToolCall: false };
      this.#candidates.set(candidate.index, {
        finish: candidate.finish ?? state.finish,
        hasToolCall: state.hasToolCall || candidate.hasToolCall,
      });
      this.#grounding.note(candidate.raw);
      if (candidate.hasContent) this.#committed = true;
      if (candidate.textBytes > 0) this.#textChunks += 1;
      this.#textBytes += candidate.textBytes;
    }
  }

  /** A chunk of another answer, or of this one over again: content behind the end. */
  #isOther({ id, candidates }: ChunkFacts): boolean {
    if (id !== undefined && this.#id !== undefined && id !== this.#id) return true;
    return candidates.some(({ index, hasContent }) => hasContent && this.#candidates.get(index)?.finish !== undefined);
  }

  /** As received, where it came in the form the client reads; an error without framing gets one. */
  #framed({ bytes, bare }: WireChunk, value: Json): Buffer {
    const asReceived = !bare && this.#source.isList === (this.#framing.form === 'list');
    return asReceived ? bytes : Buffer.from(this.#framing.chunk(printLossless(value)));
  }

  #finishReason() {
    const ends = [...this.#candidates].filter(([, { finish }]) => finish !== undefined).sort(([a], [b]) => a - b);
    const first = ends[0]?.[1];
    if (first?.finish !== undefined) return toFinishReason(first.finish, first.hasToolCall);
    return this.#blocked !== undefined && this.#candidates.size === 0 ? blockedFinish(this.#blocked) : undefined;
  }

  #missingEnd(): Problem | undefined {
    if (this.#candidates.size === 0) return this.#blocked === undefined ? 'cut' : undefined;
    return [...this.#candidates.values()].every(({ finish }) => finish !== undefined) ? undefined : 'no_finish_reason';
  }
}

function joined(pieces: readonly Buffer[]): Buffer | undefined {
  return pieces.length > 1 ? Buffer.concat(pieces) : pieces[0];
}
