/** One request on its way: the facts that its record, its headers and the live feed show. */
import type { RequestView } from '../contract/views.ts';
import type { Clock } from '../core/clock.ts';
import type { GatehouseError } from '../core/errors.ts';
import type { Price } from '../core/price.ts';
import type { RequestFeed } from './feed.ts';
import type { Trail } from './trail.ts';
import type { Inbound } from './types.ts';

export class Run {
  readonly inbound: Inbound;
  readonly #clock: Clock;
  readonly #feed: RequestFeed;
  #view: RequestView;
  #recorded = false;
  #headSent = false;
  #aborted: GatehouseError | undefined;
  #warnings: readonly string[] = [];
  #headers: Readonly<Record<string, string>> = {};
  #trail: Trail | undefined;
  #askedPrice: Price | undefined;
  readonly #onAbort = new Set<(why: GatehouseError) => void>();

  constructor(inbound: Inbound, configVersion: number, clock: Clock, feed: RequestFeed) {
    this.inbound = inbound;
    this.#clock = clock;
    this.#feed = feed;
    const { accessKeyId, project, client } = inbound.identity;
    this.#view = {
      id: inbound.requestId,
      startedAtMs: inbound.receivedAtMs,
      state: 'running',
      protocol: inbound.dialect.name,
      stream: false,
      ...(accessKeyId === undefined ? {} : { accessKeyId }),
      ...(project === undefined ? {} : { project }),
      ...(client === undefined ? {} : { client }),
      attempts: 0,
      configVersion,
    };
  }

  get view(): RequestView {
    return this.#view;
  }

  /** Why this run must stop; undefined while it may go on. */
  get aborted(): GatehouseError | undefined {
    return this.#aborted;
  }

  /** The row of this request is written, or waits with its entry to be. */
  get recorded(): boolean {
    return this.#recorded;
  }

  markRecorded(): void {
    this.#recorded = true;
  }

  get headSent(): boolean {
    return this.#headSent;
  }

  markHeadSent(): void {
    this.#headSent = true;
  }

  /** The view as the record has it: with its duration, taken once. */
  closed(): RequestView {
    if (this.#view.durationMs === undefined) this.note({ durationMs: this.elapsedMs() });
    return this.#view;
  }

  note(facts: Partial<RequestView>): void {
    this.#view = { ...this.#view, ...facts };
  }

  publish(facts: Partial<RequestView>): void {
    this.note(facts);
    this.#feed.publish(this.#view);
  }

  /** Codes for x-gatehouse-warnings that the gates and the plan add to the translation's. */
  get warnings(): readonly string[] {
    return this.#warnings;
  }

  warn(code: string): void {
    if (!this.#warnings.includes(code)) this.#warnings = [...this.#warnings, code];
  }

  /** What the gates tell in every answer, refusals included (how much of a rate limit is left). */
  get headers(): Readonly<Record<string, string>> {
    return this.#headers;
  }

  addHeaders(headers: Readonly<Record<string, string>>): void {
    this.#headers = { ...this.#headers, ...headers };
  }

  /** Why it went where it goes, from the moment that is decided. */
  get trail(): Trail | undefined {
    return this.#trail;
  }

  follow(trail: Trail, askedPrice: Price | undefined): void {
    this.#trail = trail;
    this.#askedPrice = askedPrice;
  }

  /** Of the model that the client named; undefined: it named none, or nobody knows. */
  get askedPrice(): Price | undefined {
    return this.#askedPrice;
  }

  /** Milliseconds since the request arrived. */
  elapsedMs(): number {
    return this.#clock.monotonicMs() - this.inbound.receivedMonotonicMs;
  }

  /** The client left, the kill switch fell, or the gateway closes. The first reason stays. */
  abort(why: GatehouseError): void {
    if (this.#aborted !== undefined) return;
    this.#aborted = why;
    for (const listener of [...this.#onAbort]) listener(why);
  }

  /** Called at once if the run was aborted before. Returns the unsubscribe. */
  onAbort(listener: (why: GatehouseError) => void): () => void {
    if (this.#aborted !== undefined) {
      listener(this.#aborted);
      return () => undefined;
    }
    this.#onAbort.add(listener);
    return () => void this.#onAbort.delete(listener);
  }

  throwIfAborted(): void {
    if (this.#aborted !== undefined) throw this.#aborted;
  }
}
