/** A translated stream behind the same interface as a passed-through one: provider bytes in, client bytes out, facts beside. */
import type { AnswerError, AnswerEvent } from '../../core/answer.ts';
import type { FinishReason } from '../../core/finish-reason.ts';
import type { Usage } from '../../core/usage.ts';
import type { ProviderError, StreamObserver, StreamStep, StreamSummary } from '../../protocols/codec.ts';
import type { AnswerStreamDecoder, AnswerStreamEncoder } from '../../protocols/translation.ts';

export interface TranslatingParts {
  readonly decoder: AnswerStreamDecoder;
  readonly encoder: AnswerStreamEncoder;
  readonly encodeError: (error: ProviderError) => Buffer;
}

export function translatingObserver({ decoder, encoder, encodeError }: TranslatingParts): StreamObserver {
  let usage: Usage | undefined;
  let providerCostNano: number | undefined;
  let finishReason: FinishReason | undefined;
  let model: string | undefined;
  let error: ProviderError | undefined;
  let committed = false;
  let contentBytes = 0;
  let ended: { complete: boolean; problem?: string } | undefined;

  function take(events: readonly AnswerEvent[]): Buffer[] {
    const out: Buffer[] = [];
    for (const event of events) {
      if (error !== undefined) break;
      note(event);
      const bytes = event.type === 'error' ? (fail(event.error) ?? encodeError(event.error)) : encoder.push(event);
      if (bytes.length > 0) out.push(bytes);
    }
    return out;
  }

  /** Undefined: this protocol's errors do not depend on what came before. */
  function fail(error: AnswerError): Buffer | undefined {
    const bytes = encoder.push({ type: 'error', error });
    return bytes.length === 0 ? undefined : bytes;
  }

  function note(event: AnswerEvent): void {
    switch (event.type) {
      case 'start':
        model = event.model ?? model;
        return;
      case 'block-start':
        if (event.part.kind === 'tool-call' || event.part.kind === 'whole') committed = true;
        if (event.part.kind === 'tool-call') contentBytes += Buffer.byteLength(event.part.name);
        return;
      case 'text':
        if (event.text !== '') committed = true;
        contentBytes += Buffer.byteLength(event.text);
        return;
      case 'arguments':
        committed = true;
        contentBytes += Buffer.byteLength(event.json);
        return;
      case 'usage':
        usage = { ...usage, ...event.usage };
        providerCostNano = event.providerCostNano ?? providerCostNano;
        return;
      case 'finish':
        finishReason ??= event.finishReason;
        return;
      case 'error':
        error = event.error;
        return;
      case 'signature':
      case 'citation':
      case 'logprobs':
      case 'block-end':
        return;
      default:
        event satisfies never;
    }
  }

  function summary(): StreamSummary {
    return {
      ...(model === undefined ? {} : { model }),
      ...(usage === undefined ? {} : { usage }),
      ...(providerCostNano === undefined ? {} : { providerCostNano }),
      ...(finishReason === undefined ? {} : { finishReason }),
      ...(error === undefined ? {} : { error }),
      outputTokensEstimate: Math.ceil(contentBytes / 4),
      complete: ended?.complete === true && error === undefined,
      terminated: ended?.complete === true,
      ...(ended === undefined || ended.complete ? {} : { problem: problemOf(ended.problem) }),
    };
  }

  return {
    push(chunk): StreamStep {
      const out = take(decoder.push(chunk));
      return {
        ...(out.length === 0 ? {} : { forward: Buffer.concat(out) }),
        committed,
        ...(error === undefined ? {} : { error }),
      };
    },
    end() {
      const last = decoder.end();
      if (last.usage !== undefined) usage = { ...usage, ...last.usage };
      providerCostNano = last.providerCostNano ?? providerCostNano;
      const out = take(last.events);
      ended = { complete: last.complete, ...(last.problem === undefined ? {} : { problem: last.problem }) };
      if (last.complete && error === undefined) out.push(encoder.end());
      return { ...(out.length === 0 ? {} : { forward: Buffer.concat(out) }), summary: summary() };
    },
    summary,
    fail,
  };
}

const PROBLEMS: ReadonlySet<string> = new Set(['cut', 'no_finish_reason', 'malformed_frame', 'frame_too_large']);

function problemOf(problem: string | undefined): NonNullable<StreamSummary['problem']> {
  return problem !== undefined && PROBLEMS.has(problem) ? (problem as NonNullable<StreamSummary['problem']>) : 'cut';
}
