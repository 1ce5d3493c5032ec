/** The simulator with hands on its clock: timers that run when told, and a sink that writes down what it is given. */

import type { ProviderConfig } from '../../../proxy/contract/config.ts';
import type { GatehouseError } from '../../../proxy/core/errors.ts';
import type { UpstreamExchange, UpstreamHeaders, UpstreamSink } from '../../../proxy/core/upstream.ts';
import { createSimulator } from '../../../proxy/providers/simulator/simulator.ts';
import type { Timers } from '../../../proxy/providers/simulator/timers.ts';

export const CONFIG: ProviderConfig = { id: 'sim', kind: 'simulator', retention: 'none', enabled: true, models: [] };
export const TIMEOUTS = { connectMs: 1_000, firstByteMs: 10_000, idleMs: 20_000, totalMs: 100_000 };
export const NOW_MS = 1_700_000_000_500;

export class ManualTimers implements Timers {
  nowMs = 0;
  readonly #waiting: { atMs: number; run: () => void }[] = [];

  get waiting(): number {
    return this.#waiting.length;
  }

  after(delayMs: number, run: () => void): () => void {
    const entry = { atMs: this.nowMs + delayMs, run };
    this.#waiting.push(entry);
    return () => {
      const place = this.#waiting.indexOf(entry);
      if (place >= 0) this.#waiting.splice(place, 1);
    };
  }

  /** Runs everything due up to this instant, in order. */
  advanceTo(atMs: number): void {
    while (true) {
      const next = this.#waiting.reduce<{ atMs: number; run: () => void } | undefined>(
        (first, entry) => (entry.atMs <= atMs && (first === undefined || entry.atMs < first.atMs) ? entry : first),
        undefined,
      );
      if (next === undefined) break;
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      this.nowMs = next.atMs;
      next.run();
    }
    this.nowMs = atMs;
  }
}

export class NotingSink implements UpstreamSink {
  status: number | undefined;
  headers: UpstreamHeaders = {};
  readonly chunks: Buffer[] = [];
  /** `end` or an error's code. */
  readonly endings: string[] = [];
  error: GatehouseError | undefined;
  /** What onData answers; set per test. */
  wantsMore: (chunk: Buffer) => boolean = () => true;

  get text(): string {
    return Buffer.concat(this.chunks).toString();
  }

  get body(): Buffer {
    return Buffer.concat(this.chunks);
  }

  onHead(status: number, headers: UpstreamHeaders): void {
    if (this.status !== undefined) throw new Error('onHead came twice');
    this.status = status;
    this.headers = headers;
  }

  onData(chunk: Buffer): boolean {
    if (this.status === undefined) throw new Error('onData came before onHead');
    if (this.endings.length > 0) throw new Error('onData came after the end');
    this.chunks.push(chunk);
    return this.wantsMore(chunk);
  }

  onEnd(): void {
    this.endings.push('end');
  }

  onError(error: GatehouseError): void {
    this.error = error;
    this.endings.push(error.code);
  }
}

export interface Sent {
  readonly timers: ManualTimers;
  readonly sink: NotingSink;
  readonly exchange: UpstreamExchange;
}

export function send(
  body: object | string,
  prepare: (sink: NotingSink) => void = () => undefined,
  config = CONFIG,
): Sent {
  const timers = new ManualTimers();
  const simulator = createSimulator({ config, clock: { nowMs: () => NOW_MS, monotonicMs: () => 0 }, timers });
  const sink = new NotingSink();
  prepare(sink);
  const exchange = simulator.send(
    {
      method: 'POST',
      path: '/chat/completions',
      headers: {},
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      timeouts: TIMEOUTS,
    },
    undefined,
    sink,
  );
  return { timers, sink, exchange };
}

/** Plays to the end of everything. */
export function answer(body: object | string): NotingSink {
  const { timers, sink } = send(body);
  timers.advanceTo(10 * TIMEOUTS.totalMs);
  if (timers.waiting > 0) throw new Error('a timer is left behind');
  return sink;
}

export const ask = (model: string, more: object = {}) => ({
  model,
  messages: [{ role: 'user', content: 'Say hello, wörld' }],
  ...more,
});

/** The data of each event; `[DONE]` as the word. */
export function eventsOf(sink: NotingSink) {
  return sink.text
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => frame.replace(/^data: /, ''))
    .map((data) => (data === '[DONE]' ? data : JSON.parse(data)));
}
