/** What stands before every data route: the access key, room for one more request, and a body that can be read. */
import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { AccessKeyIdentity, AccessKeys } from '../access-keys/types.ts';
import type { KeyPolicy } from '../contract/config.ts';
import type { Clock } from '../core/clock.ts';
import { GatehouseError } from '../core/errors.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Inbound } from '../pipeline/types.ts';
import type { Dialect } from '../protocols/dialects.ts';
import type { RequestPath } from '../protocols/translation.ts';
import { authenticate } from './authenticate.ts';

export interface DoorParts {
  readonly clock: Clock;
  readonly accessKeys: AccessKeys;
  readonly pipeline: Pipeline;
  readonly requestsMax: number;
  readonly draining: () => boolean;
  /** The program behind a connection; undefined: it is not looked up. */
  readonly processOf: (socket: Socket) => Promise<string | undefined> | undefined;
}

export interface Door {
  /** Before the body is read: a request without a key gets no memory. Throws GatehouseError. */
  readonly enter: (request: FastifyRequest) => Promise<void>;
  /** What the key of a request that has entered may do; undefined: everything. */
  readonly policyOf: (request: FastifyRequest) => KeyPolicy | undefined;
  /** The request as the pipeline takes it. Throws GatehouseError invalid_request. */
  readonly inbound: (request: FastifyRequest, dialect: Dialect, path: RequestPath) => Inbound;
}

/** Free text of a client about itself; kept short and printable for records. */
const LABEL = /^[\x20-\x7e]{1,64}$/;

/** JSON by any name, and what curl and fetch say when nobody told them that the body is JSON. */
const MEDIA_TYPE = /^\s*(application\/([\w.-]+\+)?json|text\/plain|application\/x-www-form-urlencoded)\s*(;|$)/i;

export function createDoor(parts: DoorParts): Door {
  const keys = new WeakMap<FastifyRequest, AccessKeyIdentity>();
  return {
    async enter(request) {
      keys.set(request, authenticate(request.headers, parts.accessKeys));
      if (parts.draining()) {
        throw new GatehouseError('shutting_down', 'Gatehouse is closing; try again in a moment', {
          retryAfterMs: 2000,
        });
      }
      if (parts.pipeline.inFlight() >= parts.requestsMax) {
        throw new GatehouseError(
          'too_many_connections',
          `${parts.requestsMax} requests are in flight already; try again in a moment`,
          { retryAfterMs: 1000 },
        );
      }
      checkBodyHeaders(request);
    },
    policyOf: (request) => keys.get(request)?.policy,
    inbound(request, dialect, path) {
      const key = keys.get(request);
      if (!Buffer.isBuffer(request.body)) throw new GatehouseError('invalid_request', 'send a JSON body');
      const project = projectOf(request, key);
      const client = label(request, 'x-client-id');
      const process = parts.processOf(request.raw.socket);
      return {
        requestId: request.id,
        receivedAtMs: parts.clock.nowMs(),
        receivedMonotonicMs: parts.clock.monotonicMs(),
        dialect,
        path,
        headers: request.headers,
        body: request.body,
        ...(process === undefined ? {} : { process }),
        identity: {
          ...(key === undefined ? {} : { accessKeyId: key.id }),
          ...(project === undefined ? {} : { project }),
          ...(client === undefined ? {} : { client }),
          ...(key?.policy === undefined ? {} : { policy: key.policy }),
        },
      };
    },
  };
}

function checkBodyHeaders({ method, headers }: FastifyRequest): void {
  const type = headers['content-type'];
  if (method === 'POST' && type !== undefined && !MEDIA_TYPE.test(type)) {
    throw new GatehouseError('unsupported_media_type', 'send the body as application/json');
  }
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new GatehouseError('unsupported_encoding', 'send the body uncompressed');
  }
}

/** A key that belongs to a project keeps to it: another name in a header would be a way around that project's budget. */
function projectOf(request: FastifyRequest, key: AccessKeyIdentity | undefined): string | undefined {
  const named = label(request, 'x-project');
  const own = key?.project;
  if (own === undefined || named === undefined || named === own) return own ?? named;
  throw new GatehouseError(
    'project_not_allowed',
    `this access key belongs to the project "${own}"; leave the header x-project out, or use a key without a project`,
    { param: 'x-project' },
  );
}

function label(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !LABEL.test(value)) {
    throw new GatehouseError('invalid_request', `the header ${name} must be 1 to 64 printable ASCII characters`);
  }
  return value;
}
