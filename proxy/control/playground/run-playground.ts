/** One playground run: events in the order route, deltas, transfers, then finish or error. */
import type { z } from 'zod';
import type { PlaygroundEvent, playgroundInput } from '../../contract/control.ts';
import type { RequestView } from '../../contract/views.ts';
import { newId } from '../../core/ids.ts';
import { internalCall } from '../internal-call.ts';
import type { ControlParts } from '../types.ts';
import { EventQueue } from './event-queue.ts';
import { playgroundOutlet } from './playground-outlet.ts';

export async function* runPlayground(
  parts: ControlParts,
  input: z.infer<typeof playgroundInput>,
  signal: AbortSignal | undefined,
): AsyncGenerator<PlaygroundEvent> {
  const requestId = newId('req', parts.clock.nowMs());
  const queue = new EventQueue<PlaygroundEvent>();
  const outlet = playgroundOutlet(requestId, (event) => queue.push(event));
  const unsubscribe = parts.ledger.onTransfer((transfer) => {
    if (transfer.requestId === requestId) queue.push({ type: 'transfer', transfer });
  });
  const leave = () => outlet.leave();
  signal?.addEventListener('abort', leave, { once: true });
  const done = internalCall(parts, { requestId, client: 'playground', body: chatBody(input) }, outlet).then((view) => {
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

function chatBody(input: z.infer<typeof playgroundInput>): unknown {
  return {
    model: input.model,
    messages: input.messages,
    stream: true,
    ...(input.temperature === undefined ? {} : { temperature: input.temperature }),
    ...(input.maxTokens === undefined ? {} : { max_tokens: input.maxTokens }),
  };
}

function finishEvent(view: RequestView): PlaygroundEvent {
  return {
    type: 'finish',
    ...(view.finishReason === undefined ? {} : { finishReason: view.finishReason }),
    ...(view.usage === undefined ? {} : { usage: view.usage }),
    ...(view.costNano === undefined ? {} : { costNano: view.costNano }),
    ...(view.certainty === undefined ? {} : { certainty: view.certainty }),
    ...(view.firstTokenMs === undefined ? {} : { firstTokenMs: view.firstTokenMs }),
    durationMs: view.durationMs ?? 0,
  };
}
