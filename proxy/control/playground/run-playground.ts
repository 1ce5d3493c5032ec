/** One playground run, told as events; `playgroundEvent` in the contract says in which order. */
import type { PlaygroundEvent, PlaygroundInput } from '../../contract/playground.ts';
import { chatRequest } from '../../contract/playground-request.ts';
import type { RouteView } from '../../contract/routes.ts';
import type { RequestView } from '../../contract/views.ts';
import { newId } from '../../core/ids.ts';
import { internalCall } from '../internal-call.ts';
import type { ControlParts } from '../types.ts';
import { EventQueue } from './event-queue.ts';
import { mergeEvents } from './merge-events.ts';
import { playgroundOutlet } from './playground-outlet.ts';

export async function* runPlayground(
  parts: ControlParts,
  input: PlaygroundInput,
  signal: AbortSignal | undefined,
): AsyncGenerator<PlaygroundEvent> {
  const requestId = newId('req', parts.clock.nowMs());
  const queue = new EventQueue<PlaygroundEvent>(mergeEvents);
  queue.push({ type: 'started', requestId });
  const outlet = playgroundOutlet(requestId, (event) => queue.push(event));
  let route: (() => RouteView) | undefined;
  const trace = () => {
    if (route !== undefined) queue.push({ type: 'trace', route: route() });
  };
  const unsubscribe = parts.ledger.onTransfer((transfer) => {
    if (transfer.requestId !== requestId) return;
    queue.push({ type: 'transfer', transfer });
    trace();
  });
  const leave = () => outlet.leave();
  signal?.addEventListener('abort', leave, { once: true });
  const call = {
    requestId,
    client: 'playground',
    project: input.project,
    ...chatRequest(input),
    onRoute: (decided: () => RouteView) => {
      route = decided;
      trace();
    },
  };
  const done = internalCall(parts, call, outlet).then((view) => {
    trace();
    queue.push(finishEvent(view));
    queue.close();
  });
  try {
    yield* queue.read();
  } finally {
    signal?.removeEventListener('abort', leave);
    leave();
    unsubscribe();
    await done;
  }
}

function finishEvent(view: RequestView): PlaygroundEvent {
  return {
    type: 'finish',
    ...(view.finishReason === undefined ? {} : { finishReason: view.finishReason }),
    ...(view.usage === undefined ? {} : { usage: view.usage }),
    ...(view.costNano === undefined ? {} : { costNano: view.costNano }),
    ...(view.certainty === undefined ? {} : { certainty: view.certainty }),
    ...(view.firstTokenMs === undefined ? {} : { firstTokenMs: view.firstTokenMs }),
    ...(view.warnings === undefined ? {} : { warnings: view.warnings }),
    durationMs: view.durationMs ?? 0,
  };
}
