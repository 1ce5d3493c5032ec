/** `net.request` over Node's own HTTP, as much as the updater uses of it. Every address that was asked for is kept. */
import { EventEmitter } from 'node:events';
import { type ClientRequest as NodeRequest, request } from 'node:http';
import type { ClientRequest, ClientRequestConstructorOptions, Net } from 'electron';

export interface Requested {
  url: string;
  headers: Record<string, string>;
}
export const requested: Requested[] = [];

type Used = 'setHeader' | 'abort';

class RequestDouble extends EventEmitter implements Pick<ClientRequest, Used> {
  private readonly node: NodeRequest;
  private readonly seen: Requested;

  constructor(options: ClientRequestConstructorOptions) {
    super();
    const { protocol = 'http:', hostname = '', port, path = '/', method = 'GET' } = options;
    const headers = Object.fromEntries(
      Object.entries((options.headers ?? {}) as Record<string, string | string[]>).map(([name, value]) => [
        name.toLowerCase(),
        String(value),
      ]),
    );
    this.seen = { url: `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`, headers };
    this.node = request({ protocol, hostname, path, method, headers, ...(port === undefined ? {} : { port }) });
    for (const name of ['response', 'error', 'abort', 'close', 'finish']) {
      this.node.on(name, (...args: unknown[]) => void this.emit(name, ...args));
    }
  }

  setHeader(name: string, value: string): void {
    this.seen.headers[name.toLowerCase()] = value;
    this.node.setHeader(name, value);
  }

  abort(): void {
    this.node.destroy();
  }

  end(chunk?: string | Buffer): this {
    requested.push(this.seen);
    this.node.end(chunk);
    return this;
  }
}

export const net = { request: (options: ClientRequestConstructorOptions) => new RequestDouble(options) };
net.request satisfies (
  options: Extract<Parameters<Net['request']>[0], ClientRequestConstructorOptions>,
) => Pick<ClientRequest, Used>;
