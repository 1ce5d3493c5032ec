/** One frame of a stream as an event, framed as it should be or not. */
import { parseJson } from '../../core/json-value.ts';
import type { Frame } from '../sse/frame-splitter.ts';
import { parseFrame, type SseEvent } from '../sse/parse-frame.ts';
import { toProviderError } from './provider-error.ts';
import { readEvent, type WireEvent } from './read-event.ts';

export interface ReadFrame {
  readonly event: WireEvent;
  /** An error without SSE framing, as some servers send theirs under text/event-stream. */
  readonly bare?: unknown;
  /** The event's name, where the frame has one. */
  readonly name?: string;
  /** The data is a JSON object. */
  readonly isObject: boolean;
  /** Neither data nor bare JSON: comments, blank lines, or what was left of an event. */
  readonly empty: boolean;
}

/** Lines that say nothing of an answer: comments, blank ones, fields for reconnecting, a ping without its data. */
const SILENT_LINE = /^(?::|$|(?:id|retry)(?::|$)|event: ?ping$)/;

/** Nearly every frame: the event's name and one line of data. The parser is for the rest. */
const NAME_AND_DATA = /^event: ([a-z_]+)\ndata: (?=.*\n\n$)/;

function parseUsual(frame: Frame): SseEvent | undefined {
  const match = frame.text.includes('\r') ? null : NAME_AND_DATA.exec(frame.text);
  if (match === null) return undefined;
  return {
    event: match[1] as string,
    data: frame.bytes.toString('utf8', frame.start + match[0].length, frame.end - 2),
  };
}

export function readFrame(frame: Frame): ReadFrame {
  const message = parseUsual(frame) ?? parseFrame(frame);
  if (message !== undefined) {
    return {
      event: readEvent(message),
      ...(message.event === undefined ? {} : { name: message.event }),
      isObject: /^\s*\{/.test(message.data),
      empty: false,
    };
  }
  const text = frame.bytes
    .toString('utf8', frame.start, frame.end)
    .replace(/^\ufeff/, '')
    .trim();
  if (!/^[[{]/.test(text)) {
    // A frame that lost its data would be a piece of the answer lost.
    const silent = text.split(/\r\n|\r|\n/).every((line) => SILENT_LINE.test(line));
    return { event: { type: silent ? 'skip' : 'malformed' }, isObject: false, empty: true };
  }
  const bare = parseJson(text);
  const error = toProviderError(bare);
  return {
    event: error === undefined ? { type: 'malformed' } : { type: 'error', error },
    bare,
    isObject: false,
    empty: false,
  };
}
