/** Routing, answered: dry runs through the real plan, breakers, refused credentials. */
import { GatehouseError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { DIALECTS } from '../../protocols/dialects.ts';
import { type DryRunCall, dryRunBody } from '../dry-run-body.ts';
import { control } from '../implementer.ts';
import type { ControlParts } from '../types.ts';

export function routingProcedures(parts: ControlParts) {
  const { breakers, latency, credentialBook, health, clock } = parts;
  return {
    routing: {
      dryRun: control.routing.dryRun.handler(async ({ input, errors }) => {
        const key = parts.accessKeys.list().find(({ id }) => id === input.accessKeyId);
        if (input.accessKeyId !== undefined && key === undefined)
          throw errors.NOT_FOUND({ message: `There is no access key "${input.accessKeyId}".` });
        return dryRun(parts, input, key);
      }),
      breakers: control.routing.breakers.handler(() => {
        const nowMs = clock.nowMs();
        const list = breakers.list(nowMs);
        const ids = new Set([...list.map(({ id }) => id), ...parts.active().providers.keys()]);
        return {
          breakers: list.map((view) => ({ ...view })),
          speeds: [...ids].flatMap((id) => {
            const measured = latency.of(id, nowMs);
            return measured === undefined ? [] : [{ id, ...measured }];
          }),
          refused: credentialBook.list().map(({ providerId, sinceMs, status }) => ({
            providerId,
            sinceMs,
            ...(status === undefined ? {} : { status }),
          })),
        };
      }),
      reset: control.routing.reset.handler(({ input }) => {
        if (input.id.includes('/')) breakers.reset(input.id, clock.nowMs());
        else health.reset(input.id);
        return { reset: true as const };
      }),
    },
  };
}

type Key = ReturnType<ControlParts['accessKeys']['list']>[number];

/** The very plan that a call would get now; nothing is sent, held or recorded. */
async function dryRun(parts: ControlParts, input: DryRunCall, key: Key | undefined) {
  const { clock } = parts;
  const project = key?.project ?? input.project;
  try {
    const route = await parts.pipeline.plan({
      requestId: newId('req', clock.nowMs()),
      receivedAtMs: clock.nowMs(),
      receivedMonotonicMs: clock.monotonicMs(),
      dialect: DIALECTS['openai-chat'],
      path: {},
      headers: input.mode === undefined ? {} : { 'x-gatehouse-mode': input.mode },
      body: dryRunBody(input),
      identity: {
        ...(key === undefined ? {} : { accessKeyId: key.id }),
        ...(key?.policy === undefined ? {} : { policy: key.policy }),
        ...(project === undefined ? {} : { project }),
        ...(input.client === undefined ? {} : { client: input.client }),
      },
    });
    return { ok: true as const, route };
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    return { ok: false as const, status: error.status, code: error.code, message: error.message };
  }
}
