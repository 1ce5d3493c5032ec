/** What goes into the pipeline and where its answer goes. HTTP, the playground and "test connection" all come this way. */
import type { IncomingHttpHeaders } from 'node:http';
import type { KeyPolicy } from '../contract/config.ts';
import type { RouteView } from '../contract/routes.ts';
import type { Dialect } from '../protocols/dialects.ts';
import type { RequestPath } from '../protocols/translation.ts';

export interface Identity {
  readonly accessKeyId?: string;
  readonly project?: string;
  readonly client?: string;
  /** What the access key may do. */
  readonly policy?: KeyPolicy;
}

export interface Inbound {
  readonly requestId: string;
  readonly receivedAtMs: number;
  readonly receivedMonotonicMs: number;
  readonly dialect: Dialect;
  /** What the route's path says (Gemini names the model there). */
  readonly path: RequestPath;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly identity: Identity;
  /** The program behind the connection, looked up beside the request; undefined where it is not to be known. */
  readonly process?: Promise<string | undefined>;
  /** Told when the route is decided; what it is given shows the route and its attempts at any later time. */
  readonly onRoute?: (route: () => RouteView) => void;
}

/** Where the answer goes. After `onClose` fired, writes go nowhere and do no harm. */
export interface Outlet {
  head(status: number, headers: Readonly<Record<string, string | string[]>>): void;
  /** False: stop until `onDrain`. */
  write(chunk: Buffer): boolean;
  end(chunk?: Buffer): void;
  /** Ends without a proper end, so that the client sees a cut and not a finished answer. */
  destroy(): void;
  onDrain(listener: () => void): void;
  /** The client left before `end`. */
  onClose(listener: () => void): void;
}
