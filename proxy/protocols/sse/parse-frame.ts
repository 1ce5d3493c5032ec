/** The event in one frame, by the rules of the HTML standard. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { Frame } from './frame-splitter.ts';

export interface SseEvent {
  readonly event?: string;
  readonly data: string;
}

const BYTE_ORDER_MARK = '\ufeff';

/** Undefined for comments and for fields without data. */
export function parseFrame(frame: Frame): SseEvent | undefined {
  const text = frame.bytes.toString('utf8', frame.start, frame.end);
  let found: EventSourceMessage | undefined;
  const parser = createParser({
    onEvent(message) {
      found = message;
    },
  });
  const lines = (text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text).replace(/\r\n?/g, '\n').replace(/^\n+/, '');
  // The blank line may be missing at the end of a stream; a second one does no harm.
  parser.feed(`${lines}\n\n`);
  if (found === undefined || found.data === '') return undefined;
  return found.event === undefined ? { data: found.data } : { event: found.event, data: found.data };
}
