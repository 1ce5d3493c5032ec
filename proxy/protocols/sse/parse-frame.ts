/** The event in one frame, by the rules of the HTML standard. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { Frame } from './frame-splitter.ts';

export interface SseEvent {
  readonly event?: string;
  readonly data: string;
}

const BYTE_ORDER_MARK = '\ufeff';

const ONE_DATA_LINE = 'data: ';

/** Undefined for comments and for fields without data. */
export function parseFrame(frame: Frame): SseEvent | undefined {
  // Nearly every frame is one line of data; the parser is for the rest.
  if (frame.text.startsWith(ONE_DATA_LINE) && frame.text.indexOf('\n') === frame.text.length - 2) {
    const end = frame.end - 2;
    if (!frame.text.includes('\r')) {
      return { data: frame.bytes.toString('utf8', frame.start + ONE_DATA_LINE.length, end) };
    }
  }
  const named = parseNamed(frame);
  if (named !== undefined) return named;
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

const NAME_LINE = 'event: ';

/** The other usual frame: the event's name, one line of data. Undefined for everything else. */
function parseNamed({ text, bytes, start, end }: Frame): SseEvent | undefined {
  if (!text.startsWith(NAME_LINE) || text.includes('\r')) return undefined;
  const nameEnd = text.indexOf('\n');
  const dataStart = nameEnd + 1 + ONE_DATA_LINE.length;
  // No data leaves no event, which is for the parser to say.
  if (!text.startsWith(ONE_DATA_LINE, nameEnd + 1) || text.indexOf('\n', dataStart) !== text.length - 2)
    return undefined;
  const event = bytes.toString('utf8', start + NAME_LINE.length, start + nameEnd);
  const data = bytes.toString('utf8', start + dataStart, end - 2);
  return event === '' || data === '' ? undefined : { event, data };
}
