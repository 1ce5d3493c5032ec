/**
 * Carries one upstream answer to the client. A stream is held back until its first content part (bounded in bytes and
 * time), so that a failure before it can still become an ordinary error answer; from then on complete frames are passed
 * on as they come, with back-pressure. Any other answer is collected whole (bounded), so that its cost is known before
 * its headers go out.
 */
import { GatehouseError } from '../core/errors.ts';
import type { UpstreamExchange, UpstreamHeaders, UpstreamSink } from '../core/upstream.ts';
import type { ObservedResult, ProviderError, StreamObserver, StreamSummary } from '../protocols/codec.ts';
import type { Bridge } from './bridge/types.ts';
import type { Outlet } from './types.ts';

export type RelayOutcome =
  /** A whole answer was collected; nothing has gone to the client. */
  | {
      readonly kind: 'result';
      readonly status: number;
      readonly headers: UpstreamHeaders;
      readonly body: Buffer;
      readonly observed: ObservedResult;
    }
  /** The stream ended well. `tail` (perhaps after the head) is still to be sent, once the money is settled. */
  | { readonly kind: 'streamed'; readonly summary: StreamSummary; readonly tail: Buffer | undefined }
  /** The provider reported an error inside its stream. `frame` is its own words as received. */
  | {
      readonly kind: 'stream-error';
      readonly summary: StreamSummary;
      readonly error: ProviderError;
      readonly frame: Buffer | undefined;
    }
  /**
   * The transport failed, or the stream broke off. `summary` when some of a stream was read. `frame`: the in-band end of a
   * stream that has gone out in part, where its protocol has one that tells of what went before.
   */
  | {
      readonly kind: 'broken';
      readonly error: GatehouseError;
      readonly headSeen: boolean;
      readonly summary: StreamSummary | undefined;
      readonly frame: Buffer | undefined;
    }
  | {
      readonly kind: 'aborted';
      readonly why: GatehouseError;
      readonly headSeen: boolean;
      readonly summary: StreamSummary | undefined;
      readonly frame: Buffer | undefined;
    };

export interface RelayOptions {
  readonly bridge: Bridge;
  readonly outlet: Outlet;
  /** Called once, right before the first byte goes to the client. */
  readonly onCommit: (status: number, headers: UpstreamHeaders) => void;
}

const MIB = 1024 * 1024;
/** A whole answer larger than this is refused. */
const RESULT_BYTES_MAX = 64 * MIB;
/** Frames without content are held back for at most this long and this much; then they go out. */
const HOLD_MS_MAX = 10_000;
const HOLD_BYTES_MAX = 256 * 1024;

export class Relay implements UpstreamSink {
  readonly outcome: Promise<RelayOutcome>;
  readonly #options: RelayOptions;
  #resolve: (outcome: RelayOutcome) => void = () => undefined;
  #exchange: UpstreamExchange | undefined;
  #over = false;
  #status = 0;
  #headers: UpstreamHeaders = {};
  #headSeen = false;
  #observer: StreamObserver | undefined;
  #committed = false;
  #parts: Buffer[] = [];
  #bytes = 0;
  #holdTimer: NodeJS.Timeout | undefined;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.outcome = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  get committed(): boolean {
    return this.#committed;
  }

  attach(exchange: UpstreamExchange): void {
    if (this.#over) {
      exchange.abort();
      return;
    }
    this.#exchange = exchange;
    this.#options.outlet.onDrain(() => exchange.resume());
  }

  abort(why: GatehouseError): void {
    if (this.#over) return;
    this.#exchange?.abort();
    this.#finish({
      kind: 'aborted',
      why,
      headSeen: this.#headSeen,
      summary: this.#observer?.summary(),
      frame: this.#failedEnd(why),
    });
  }

  onHead(status: number, headers: UpstreamHeaders): void {
    this.#headSeen = true;
    this.#status = status;
    this.#headers = headers;
    if (this.#options.bridge.isStream(status, headers)) {
      this.#observer = this.#options.bridge.observeStream();
      this.#holdTimer = setTimeout(() => this.#commit(), HOLD_MS_MAX);
    }
  }

  onData(chunk: Buffer): boolean {
    if (this.#over) return true;
    return this.#observer === undefined ? this.#collect(chunk) : this.#pass(chunk, this.#observer);
  }

  onEnd(): void {
    const observer = this.#observer;
    if (observer === undefined) {
      this.#finish(this.#result());
      return;
    }
    const { forward, summary } = observer.end();
    if (summary.error !== undefined) {
      this.#finish({ kind: 'stream-error', summary, error: summary.error, frame: forward });
      return;
    }
    if (!summary.complete) {
      this.#finish(this.#brokenStream(summary));
      return;
    }
    this.#commit();
    this.#finish({ kind: 'streamed', summary, tail: forward });
  }

  onError(error: GatehouseError): void {
    this.#finish({
      kind: 'broken',
      error,
      headSeen: this.#headSeen,
      summary: this.#observer?.summary(),
      frame: this.#failedEnd(error),
    });
  }

  #result(): RelayOutcome {
    const [only] = this.#parts;
    const received = this.#parts.length === 1 && only !== undefined ? only : Buffer.concat(this.#parts, this.#bytes);
    const {
      observed,
      body,
      status = this.#status,
    } = this.#options.bridge.readResult(this.#status, this.#headers, received);
    if (observed.unfinished === true) return unfinished(observed);
    return { kind: 'result', status, headers: this.#headers, body, observed };
  }

  #collect(chunk: Buffer): boolean {
    this.#bytes += chunk.length;
    if (this.#bytes > RESULT_BYTES_MAX) {
      this.#exchange?.abort();
      const error = new GatehouseError(
        'upstream_too_large',
        `the provider sent an answer of more than ${RESULT_BYTES_MAX / MIB} MiB`,
      );
      this.#finish({ kind: 'broken', error, headSeen: true, summary: undefined, frame: undefined });
      return true;
    }
    this.#parts.push(chunk);
    return true;
  }

  #pass(chunk: Buffer, observer: StreamObserver): boolean {
    const step = observer.push(chunk);
    if (step.error !== undefined) {
      this.#exchange?.abort();
      this.#finish({ kind: 'stream-error', summary: observer.summary(), error: step.error, frame: step.forward });
      return true;
    }
    if (step.problem !== undefined) {
      this.#exchange?.abort();
      // Good frames that came in the same chunk as the bad one.
      if (step.forward !== undefined && this.#committed) this.#options.outlet.write(step.forward);
      this.#finish(this.#brokenStream(observer.summary()));
      return true;
    }
    if (step.forward === undefined) return true;
    if (this.#committed) return this.#options.outlet.write(step.forward);
    this.#parts.push(step.forward);
    this.#bytes += step.forward.length;
    if (step.committed || this.#bytes > HOLD_BYTES_MAX) return this.#commit();
    return true;
  }

  /** Sends the head and what was held back. */
  #commit(): boolean {
    if (this.#committed || this.#over) return true;
    this.#committed = true;
    clearTimeout(this.#holdTimer);
    this.#options.onCommit(this.#status, this.#headers);
    const held = this.#parts;
    this.#parts = [];
    return held.length === 0 || this.#options.outlet.write(Buffer.concat(held));
  }

  #brokenStream(summary: StreamSummary): RelayOutcome {
    const error = brokenStream(summary);
    return { kind: 'broken', error, headSeen: true, summary, frame: this.#failedEnd(error) };
  }

  /** Nobody reads it before anything has gone out: then the failure is an ordinary error answer. */
  #failedEnd({ message, code, type, status }: GatehouseError): Buffer | undefined {
    return this.#committed ? this.#observer?.fail?.({ message, code, type, status }) : undefined;
  }

  #finish(outcome: RelayOutcome): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#holdTimer);
    this.#parts = [];
    this.#resolve(outcome);
  }
}

/** As a stream that ends so: what was made is owed, and it is not passed off as an answer. */
function unfinished(observed: ObservedResult): RelayOutcome {
  const error = new GatehouseError(
    'upstream_cut',
    'the provider sent an answer without saying why the model stopped, so it may be incomplete',
  );
  const summary: StreamSummary = { ...observed, complete: false, terminated: true, problem: 'no_finish_reason' };
  return { kind: 'broken', error, headSeen: true, summary, frame: undefined };
}

function brokenStream(summary: StreamSummary): GatehouseError {
  switch (summary.problem) {
    case 'malformed_frame':
      return new GatehouseError('upstream_malformed', 'the provider sent a stream frame that is not valid');
    case 'frame_too_large':
      return new GatehouseError('upstream_too_large', 'the provider sent a single stream frame over the size limit');
    case 'no_finish_reason':
      return new GatehouseError(
        'upstream_cut',
        'the provider ended its stream without saying why the model stopped, so the answer may be incomplete',
      );
    case 'cut':
    case undefined:
      return new GatehouseError('upstream_cut', 'the provider closed the stream before the answer was complete');
    default:
      return summary.problem satisfies never;
  }
}
