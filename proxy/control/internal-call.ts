/** A call that starts inside the gateway (playground, "test connection"): the same pipeline, without a socket. */
import type { RequestView } from '../contract/views.ts';
import type { Inbound, Outlet } from '../pipeline/types.ts';
import { DIALECTS } from '../protocols/dialects.ts';
import type { ControlParts } from './types.ts';

export interface InternalCall {
  readonly requestId: string;
  /** Names the part of Gatehouse that calls; it shows in records like any client's name. */
  readonly client: string;
  readonly project?: string | undefined;
  /** Lower-case names; only what the gateway itself reads. */
  readonly headers?: Readonly<Record<string, string>>;
  /** An openai-chat request body. */
  readonly body: unknown;
  readonly onRoute?: Inbound['onRoute'];
}

/** Resolves with the request's record when the answer has gone to the outlet. Never rejects. */
export function internalCall(parts: ControlParts, call: InternalCall, outlet: Outlet): Promise<RequestView> {
  return parts.pipeline.handle(
    {
      requestId: call.requestId,
      receivedAtMs: parts.clock.nowMs(),
      receivedMonotonicMs: parts.clock.monotonicMs(),
      dialect: DIALECTS['openai-chat'],
      path: {},
      headers: { ...call.headers },
      body: Buffer.from(JSON.stringify(call.body)),
      identity: { client: call.client, ...(call.project === undefined ? {} : { project: call.project }) },
      ...(call.onRoute === undefined ? {} : { onRoute: call.onRoute }),
    },
    outlet,
  );
}
