/** The control contract over HTTP, for the web console and the CLI. Behind the control token; never open without it. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { RPCHandler } from '@orpc/server/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ControlRouter } from '../control/router.ts';
import { GatehouseError } from '../core/errors.ts';

export const CONTROL_PREFIX = '/_gatehouse/control';

export function registerControlRoutes(app: FastifyInstance, router: ControlRouter, token: string): void {
  const handler = new RPCHandler(router);
  const expected = digest(token);
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // oRPC reads the body itself.
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.all(
      `${CONTROL_PREFIX}/*`,
      { onRequest: async (request) => checkToken(request, expected) },
      async (request, reply) => {
        const { matched } = await handler.handle(request, reply, { prefix: CONTROL_PREFIX, context: {} });
        if (!matched) throw new GatehouseError('route_not_found', 'the control contract has no such procedure');
      },
    );
  });
}

function checkToken(request: FastifyRequest, expected: Buffer): void {
  const given = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  if (!timingSafeEqual(digest(given), expected)) {
    throw new GatehouseError(
      'invalid_access_key',
      'the control token is missing or not the one of this run; open the console with the link that Gatehouse printed',
    );
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
