/** What the files of routes share. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ActiveConfig } from '../pipeline/active-config.ts';
import type { Dialect, DialectName } from '../protocols/dialects.ts';
import type { RequestPath } from '../protocols/translation.ts';
import type { DoorParts } from './door.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whose envelope the errors of this route wear. */
    dialect?: DialectName;
  }
}

export interface DataRouteParts extends DoorParts {
  readonly active: () => ActiveConfig;
  readonly version: string;
  readonly startedAtMs: number;
}

/** Sends one request through the pipeline; throws what the route's error envelope tells. */
export type Serve = (request: FastifyRequest, reply: FastifyReply, dialect: Dialect, path: RequestPath) => void;

/** What stands behind the fixed part of a route; model ids keep their slashes. */
export function wildcard(request: FastifyRequest): string {
  const { '*': rest = '' } = request.params as { '*'?: string };
  return rest;
}
