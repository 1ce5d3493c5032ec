/** The loopback listener: limits against slow, large and endless requests, errors in the client's envelope, and the routes. */
import type { Socket } from 'node:net';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { InvariantError } from '../core/assert.ts';
import type { Clock } from '../core/clock.ts';
import { GatehouseError } from '../core/errors.ts';
import { newId } from '../core/ids.ts';
import { toGatehouseError } from '../pipeline/respond.ts';
import type { PassThroughCodec } from '../protocols/codec.ts';
import { DIALECTS, type DialectName } from '../protocols/dialects.ts';
import { bodyTooLarge, sizeText } from './body-too-large.ts';
import { sendErrorRaw } from './envelope.ts';
import { guard } from './guard.ts';

export interface ServerLimits {
  readonly bodyBytesMax: number;
  readonly headerBytesMax: number;
  readonly headersTimeoutMs: number;
  /** For the whole request to arrive, body included. */
  readonly requestTimeoutMs: number;
  readonly connectionsMax: number;
}

export const SERVER_LIMITS: ServerLimits = {
  bodyBytesMax: 64 * 1024 * 1024,
  headerBytesMax: 64 * 1024,
  headersTimeoutMs: 15_000,
  requestTimeoutMs: 120_000,
  connectionsMax: 2048,
};

export interface ServerParts {
  readonly clock: Clock;
  readonly log: Logger;
  /** For errors outside every route. */
  readonly codec: PassThroughCodec;
  readonly limits: ServerLimits;
  readonly register: (app: FastifyInstance) => void;
}

export interface LoopbackServer {
  /** Returns the port. Rejects with the system's error (EADDRINUSE ...). */
  listen(host: string, port: number): Promise<number>;
  /** Stops accepting; idle connections close at once, the others after a short grace. */
  close(): Promise<void>;
}

export function createServer(parts: ServerParts): LoopbackServer {
  const { limits, codec } = parts;
  let port = 0;
  const app = Fastify({
    logger: false,
    bodyLimit: limits.bodyBytesMax,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    genReqId: () => newId('req', parts.clock.nowMs()),
    return503OnClosing: false,
    routerOptions: { maxParamLength: 512 },
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    http: {
      maxHeaderSize: limits.headerBytesMax,
      headersTimeout: limits.headersTimeoutMs,
      connectionsCheckingInterval: 1000,
    },
    clientErrorHandler: (error, socket) =>
      answerRaw(socket, codec, clientError(error, limits), newId('req', parts.clock.nowMs())),
  });
  app.server.maxConnections = limits.connectionsMax;

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async (request) => guard(request.headers, port));
  app.setErrorHandler((error: FastifyError | GatehouseError, request, reply) => {
    const { bodyLimit = limits.bodyBytesMax, config } = request.routeOptions;
    const ours = fromFastify(error, { bodyBytesMax: bodyLimit, dialect: config.dialect });
    if (ours.code === 'internal_error') parts.log.error({ requestId: request.id, err: error }, 'a route failed');
    // A body that was refused is not read to its end.
    if (ours.status === 413) reply.raw.setHeader('connection', 'close');
    reply.hijack();
    const { dialect } = config;
    sendErrorRaw(reply.raw, dialect === undefined ? codec : DIALECTS[dialect].codec, ours, request.id);
  });
  app.setNotFoundHandler((request: FastifyRequest) => {
    throw notFound(app, request);
  });
  parts.register(app);

  return {
    async listen(host, wanted) {
      await app.listen({ host, port: wanted });
      const address = app.server.address();
      port = typeof address === 'object' && address !== null ? address.port : wanted;
      return port;
    },
    async close() {
      // Answers are complete by now. What is still open after the grace are live subscriptions and clients that do not read.
      const timer = setTimeout(() => app.server.closeAllConnections(), CLOSE_GRACE_MS);
      await app.close();
      clearTimeout(timer);
    },
  };
}

const CLOSE_GRACE_MS = 500;

/** No route has a schema; without these two, Fastify loads a JSON Schema compiler for nothing. */
function noSchemas(): never {
  throw new InvariantError("a route has no schema of Fastify: bodies are the codecs' to read");
}

const METHODS = ['GET', 'POST'] as const;

function notFound(app: FastifyInstance, request: FastifyRequest): GatehouseError {
  const path = request.url.split('?')[0] ?? request.url;
  const other = METHODS.find((method) => method !== request.method && app.findRoute({ method, url: path }) !== null);
  return other === undefined
    ? new GatehouseError('route_not_found', 'Gatehouse has no such route. The base URL for tools ends in /v1')
    : new GatehouseError('method_not_allowed', `use ${other} on this route`);
}

/** What of a route its refusals tell. */
interface RouteFacts {
  readonly bodyBytesMax: number;
  /** Undefined: the route takes no call. */
  readonly dialect: DialectName | undefined;
}

function fromFastify(error: FastifyError | GatehouseError, route: RouteFacts): GatehouseError {
  if (error instanceof GatehouseError) return error;
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return bodyTooLarge(
        route.bodyBytesMax,
        route.dialect === undefined ? 'send less' : 'send less, or images by URL',
      );
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new GatehouseError('invalid_request', 'the body is not as long as its content-length says');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_EMPTY_TYPE':
      return new GatehouseError('unsupported_media_type', 'send the body as application/json');
    case 'FST_ERR_BAD_URL':
      return new GatehouseError('invalid_request', 'the address is not valid');
    default:
      return toGatehouseError(error);
  }
}

/** What Node's parser gave up on, before there was a request. */
function clientError(error: NodeJS.ErrnoException, limits: ServerLimits): GatehouseError {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return new GatehouseError(
        'headers_too_large',
        `the request headers are too large; ${sizeText(limits.headerBytesMax)} is the limit`,
      );
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new GatehouseError('request_timeout', 'the request did not arrive within the time limit');
    default:
      return new GatehouseError('invalid_request', 'this is not a valid HTTP request');
  }
}

function answerRaw(socket: Socket, codec: PassThroughCodec, error: GatehouseError, requestId: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = codec.encodeError(error, requestId);
  const head = [
    `HTTP/1.1 ${error.status} ${error.code}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${body.length}`,
    `x-request-id: ${requestId}`,
    'connection: close',
  ].join('\r\n');
  socket.end(Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]));
  // Closing with bytes unread makes the system send a reset, which can overtake the answer: read them, for a while.
  socket.removeAllListeners('data');
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}

const LINGER_MS = 2000;
