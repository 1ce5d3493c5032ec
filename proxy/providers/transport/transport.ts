/**
 * The only way out of the house: undici over a keep-alive pool. POSTs are never retried here, redirects are not
 * followed (a redirect would carry the credential to a place nobody configured), compressed answers are not asked for
 * (an observer has to read the bytes that are passed on).
 */
import type { Dispatcher } from 'undici';
import { GatehouseError } from '../../core/errors.ts';
import type { UpstreamExchange, UpstreamRequest, UpstreamSink } from '../../core/upstream.ts';
import { createDispatchers, type DispatcherOptions, type Dispatchers } from './dispatchers.ts';
import type { ProxyChoice } from './proxy-for.ts';
import { upstreamError } from './upstream-error.ts';

export interface Transport {
  /** `origin` such as `https://api.openai.com`; `path` with the base path already in it. */
  send(origin: string, path: string, request: UpstreamRequest, sink: UpstreamSink): UpstreamExchange;
  /** After a sleep: kept connections may be dead without knowing, so the next requests open new ones. */
  renew(): Promise<void>;
  /** Waits for idle sockets only; exchanges still running are the pipeline's to end first. */
  close(): Promise<void>;
}

export function createTransport(options: DispatcherOptions): Transport {
  const dispatchers = createDispatchers(options);
  return {
    send: (origin, path, request, sink) => new Exchange(dispatchers, origin, path, request, sink),
    renew: () => dispatchers.renew(),
    close: () => dispatchers.destroy(),
  };
}

/** One request's state: told apart by what already happened, so that each time-out gets its own name. */
class Exchange implements UpstreamExchange, Dispatcher.DispatchHandler {
  readonly #sink: UpstreamSink;
  readonly #origin: string;
  readonly #totalTimer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #proxy: ProxyChoice | undefined;
  #done = false;
  #paused = false;

  constructor(dispatchers: Dispatchers, origin: string, path: string, request: UpstreamRequest, sink: UpstreamSink) {
    this.#sink = sink;
    this.#origin = origin;
    this.#totalTimer = setTimeout(() => this.#totalTimeout(request.timeouts.totalMs), request.timeouts.totalMs);
    try {
      const { dispatcher, proxy } = dispatchers.route(origin);
      this.#proxy = proxy;
      dispatcher.dispatch(
        {
          origin,
          path,
          method: request.method,
          headers: { ...request.headers, 'accept-encoding': 'identity' },
          body: request.body ?? null,
          headersTimeout: request.timeouts.firstByteMs,
          bodyTimeout: request.timeouts.idleMs,
        },
        this,
      );
    } catch (error) {
      // A header undici refuses throws here, as does a proxy setting that is none; the caller gets it the way every other failure arrives.
      queueMicrotask(() => this.onResponseError(undefined, error));
    }
  }

  resume(): void {
    if (this.#done || !this.#paused) return;
    this.#paused = false;
    this.#controller?.resume();
  }

  abort(): void {
    if (!this.#finish()) return;
    this.#controller?.abort(new Error('aborted by the gateway'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Aborted while it waited for a socket: undici asks here whether it is still wanted.
    if (this.#done) controller.abort(new Error('aborted by the gateway'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (this.#done || status < 200) return;
    const encoding = headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      this.#fail(
        new GatehouseError(
          'upstream_malformed',
          `${this.#origin} sent a compressed answer although none was asked for`,
        ),
      );
      return;
    }
    this.#sink.onHead(status, headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#done) return;
    if (!this.#sink.onData(chunk) && !this.#done) {
      this.#paused = true;
      controller.pause();
    }
  }

  onResponseEnd(): void {
    if (this.#finish()) this.#sink.onEnd();
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: unknown): void {
    if (this.#finish()) this.#sink.onError(upstreamError(error, this.#origin, this.#proxy?.words));
  }

  #totalTimeout(totalMs: number): void {
    this.#fail(
      new GatehouseError(
        'upstream_total_timeout',
        `${this.#origin} did not finish its answer within ${totalMs / 1000} s`,
      ),
    );
  }

  #fail(error: GatehouseError): void {
    if (!this.#finish()) return;
    this.#controller?.abort(error);
    this.#sink.onError(error);
  }

  /** True once; everything after is ignored. */
  #finish(): boolean {
    if (this.#done) return false;
    this.#done = true;
    clearTimeout(this.#totalTimer);
    return true;
  }
}
