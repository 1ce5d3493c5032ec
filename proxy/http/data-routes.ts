/** The routes that clients use. Guard and key stand before every one of them; only /healthz needs no key. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AccessKeyIdentity, AccessKeys } from '../access-keys/types.ts';
import type { Clock } from '../core/clock.ts';
import { GatehouseError } from '../core/errors.ts';
import type { ActiveConfig, Pipeline } from '../pipeline/pipeline.ts';
import type { Inbound } from '../pipeline/types.ts';
import { DIALECTS, type Dialect, type DialectName } from '../protocols/dialects.ts';
import type { RequestPath } from '../protocols/translation.ts';
import { authenticate } from './authenticate.ts';
import { httpOutlet } from './http-outlet.ts';
import { listAnthropicModels, listModels, retrieveModel } from './models-route.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whose envelope the errors of this route wear. */
    dialect?: DialectName;
  }
}

export interface DataRouteParts {
  readonly clock: Clock;
  readonly accessKeys: AccessKeys;
  readonly pipeline: Pipeline;
  readonly active: () => ActiveConfig;
  readonly version: string;
  readonly startedAtMs: number;
  readonly requestsMax: number;
  readonly draining: () => boolean;
}

/** Routes whose request says everything in its body. */
const CALL_ROUTES: readonly { url: string; dialect: DialectName }[] = [
  { url: '/v1/chat/completions', dialect: 'openai-chat' },
  { url: '/v1/messages', dialect: 'anthropic-messages' },
  { url: '/v1/messages/count_tokens', dialect: 'anthropic-count-tokens' },
];

/** Free text of a client about itself; kept short and printable for records. */
const LABEL = /^[\x20-\x7e]{1,64}$/;

/** JSON by any name, and what curl and fetch say when nobody told them that the body is JSON. */
const MEDIA_TYPE = /^\s*(application\/([\w.-]+\+)?json|text\/plain|application\/x-www-form-urlencoded)\s*(;|$)/i;

export function registerDataRoutes(app: FastifyInstance, parts: DataRouteParts): void {
  const keys = new WeakMap<FastifyRequest, AccessKeyIdentity>();

  /** Before the body is read: a request without a key gets no memory. */
  async function door(request: FastifyRequest): Promise<void> {
    keys.set(request, authenticate(request.headers, parts.accessKeys));
    if (parts.draining())
      throw new GatehouseError('shutting_down', 'Gatehouse is closing; try again in a moment', { retryAfterMs: 2000 });
    if (parts.pipeline.inFlight() >= parts.requestsMax) {
      throw new GatehouseError(
        'too_many_connections',
        `${parts.requestsMax} requests are in flight already; try again in a moment`,
        { retryAfterMs: 1000 },
      );
    }
    const type = request.headers['content-type'];
    if (request.method === 'POST' && type !== undefined && !MEDIA_TYPE.test(type)) {
      throw new GatehouseError('unsupported_media_type', 'send the body as application/json');
    }
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity')
      throw new GatehouseError('unsupported_encoding', 'send the body uncompressed');
  }

  for (const { url, dialect } of CALL_ROUTES) {
    app.post(url, { onRequest: door, config: { dialect } }, (request, reply) => {
      const call = inbound(request, DIALECTS[dialect], {});
      reply.hijack();
      void parts.pipeline.handle(call, httpOutlet(reply.raw));
    });
  }
  app.get('/v1/models', { onRequest: door }, (request) => {
    const list = request.headers['anthropic-version'] === undefined ? listModels : listAnthropicModels;
    return list(parts.active(), parts.startedAtMs);
  });
  app.get('/v1/models/*', { onRequest: door }, (request) =>
    retrieveModel(parts.active(), modelPath(request), parts.startedAtMs),
  );
  app.get('/healthz', () => ({ status: 'ok', version: parts.version }));
  // Some clients look whether anything is there before their first call.
  app.head('/', (_request, reply) => reply.code(200).send());

  function inbound(request: FastifyRequest, dialect: Dialect, path: RequestPath): Inbound {
    const key = keys.get(request);
    if (!Buffer.isBuffer(request.body)) throw new GatehouseError('invalid_request', 'send a JSON body');
    const project = label(request, 'x-project') ?? key?.project;
    const client = label(request, 'x-client-id');
    return {
      requestId: request.id,
      receivedAtMs: parts.clock.nowMs(),
      receivedMonotonicMs: parts.clock.monotonicMs(),
      dialect,
      path,
      headers: request.headers,
      body: request.body,
      identity: {
        ...(key === undefined ? {} : { accessKeyId: key.id }),
        ...(project === undefined ? {} : { project }),
        ...(client === undefined ? {} : { client }),
      },
    };
  }
}

function label(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !LABEL.test(value)) {
    throw new GatehouseError('invalid_request', `the header ${name} must be 1 to 64 printable ASCII characters`);
  }
  return value;
}

/** The model id keeps its slashes; what follows /v1/models/ is the id. */
function modelPath(request: FastifyRequest): string {
  const { '*': rest = '' } = request.params as { '*'?: string };
  return rest;
}
