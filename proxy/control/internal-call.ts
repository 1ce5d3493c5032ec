/** A call that starts inside the gateway (playground, "test connection"): the same pipeline, without a socket. */
import type { RequestView } from '../contract/views.ts';
import type { Outlet } from '../pipeline/types.ts';
import { DIALECTS } from '../protocols/dialects.ts';
import type { ControlParts } from './types.ts';

export interface InternalCall {
  readonly requestId: string;
  /** Names the part of Gatehouse that calls; it shows in records like any client's name. */
  readonly client: string;
  /** An openai-chat request body. */
  readonly body: unknown;
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
      headers: {},
      body: Buffer.from(JSON.stringify(call.body)),
      identity: { client: call.client },
    },
    outlet,
  );
}
