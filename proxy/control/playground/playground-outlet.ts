/** The pipeline's answer, read as playground events instead of being sent to a socket. */
import { createParser } from 'eventsource-parser';
import type { PlaygroundEvent } from '../../contract/playground.ts';
import type { Outlet } from '../../pipeline/types.ts';
import { chatError } from '../chat-error.ts';
import { chatEvents } from './chat-chunk.ts';
import { shownHeaders } from './shown-headers.ts';

export interface PlaygroundOutlet extends Outlet {
  /** The person stopped, or left. */
  leave(): void;
}

export function playgroundOutlet(requestId: string, emit: (event: PlaygroundEvent) => void): PlaygroundOutlet {
  const closers: (() => void)[] = [];
  const decoder = new TextDecoder();
  const whole: string[] = [];
  let status = 0;
  let streamed = false;

  function told(data: string): void {
    const error = chatError(data);
    if (error !== undefined)
      emit({ type: 'error', status, code: error.code ?? `http_${status}`, message: error.message });
    else for (const event of chatEvents(data)) emit(event);
  }
  const parser = createParser({ onEvent: ({ data }) => data === '[DONE]' || told(data) });
  function take(chunk: Buffer): void {
    const text = decoder.decode(chunk, { stream: true });
    if (streamed) parser.feed(text);
    else whole.push(text);
  }

  return {
    head(code, headers) {
      status = code;
      emit({ type: 'headers', status: code, headers: shownHeaders(headers) });
      streamed = String(headers['content-type'] ?? '').startsWith('text/event-stream');
      const provider = headers['x-gatehouse-provider'];
      const model = headers['x-gatehouse-model'];
      if (typeof provider === 'string' && typeof model === 'string') {
        emit({ type: 'route', requestId, provider, model, attempts: Number(headers['x-gatehouse-attempts']) });
      }
    },
    write(chunk) {
      take(chunk);
      return true;
    },
    end(chunk) {
      if (chunk !== undefined) take(chunk);
      if (!streamed && whole.length > 0) told(whole.join(''));
    },
    destroy: () => undefined,
    onDrain: () => undefined,
    onClose: (listener) => void closers.push(listener),
    leave: () => {
      for (const listener of closers) listener();
    },
  };
}
