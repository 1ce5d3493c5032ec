/** What the simulator will do with one request, told beforehand: bytes, waits and an ending. Pure. */
import { type Answer, answerOf } from './answer.ts';
import type { Drill, Fault } from './drills.ts';
import type { SimRequest } from './request.ts';
import { choiceStep, chunk, completion, DONE, deltaOf, type Envelope, errorBody, frame, usageChunk } from './wire.ts';

export interface Step {
  readonly delayMs: number;
  readonly bytes: Buffer;
}

export type Script =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'silent' }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly headDelayMs: number;
      readonly steps: Iterable<Step>;
      /** `stall`: nothing more ever comes. `cut`: the connection is lost. */
      readonly ending: 'end' | 'stall' | 'cut';
    };

const RETRY_AFTER_S = '2';
/** Text frames that go out before something goes wrong in the middle. */
const PIECES_BEFORE_FAULT = 3;

export function scriptOf(request: SimRequest, drill: Drill, envelope: Envelope): Script {
  const { fault } = drill;
  if (fault.kind === 'unreachable') return { kind: 'unreachable' };
  if (fault.kind === 'stall' && fault.at === 'first-byte') return { kind: 'silent' };
  if (fault.kind === 'status') return statusScript(fault.status);
  const answer = answerOf(request, drill);
  return request.stream
    ? {
        ...OK,
        headers: { 'content-type': 'text/event-stream; charset=utf-8' },
        headDelayMs: drill.firstByteDelayMs,
        steps: streamSteps(request, drill, envelope, answer),
        ending: endingOf(fault),
      }
    : {
        ...OK,
        headers: JSON_HEADERS,
        headDelayMs: drill.firstByteDelayMs + drill.tokenDelayMs * answer.pieces.length,
        steps: [{ delayMs: 0, bytes: plainBody(request, fault, envelope, answer) }],
        ending: endingOf(fault),
      };
}

export function errorScript(status: number, message: string, type: string, code: string | null): Script {
  return jsonScript(status, {}, errorBody(message, type, code));
}

export function jsonScript(status: number, headers: Readonly<Record<string, string>>, body: object): Script {
  return {
    kind: 'answer',
    status,
    headers: { ...JSON_HEADERS, ...headers },
    headDelayMs: 0,
    steps: [{ delayMs: 0, bytes: Buffer.from(JSON.stringify(body)) }],
    ending: 'end',
  };
}

const OK = { kind: 'answer', status: 200 } as const;
const JSON_HEADERS = { 'content-type': 'application/json' };
const MID_ERROR = errorBody(
  'The simulator failed in the middle of its answer, as this drill asks.',
  'server_error',
  'simulated_error',
);
const FIRST_ERROR = errorBody(
  'The simulator failed before its first word, as this drill asks.',
  'server_error',
  'simulated_error',
);

function statusScript(status: number): Script {
  const [type, code] = STATUS_WORDS.get(status) ?? ['server_error', null];
  const body = errorBody(`The simulator answers ${status}, as this drill asks.`, type, code);
  return jsonScript(status, status === 429 ? { 'retry-after': RETRY_AFTER_S } : {}, body);
}

const STATUS_WORDS: ReadonlyMap<number, readonly [string, string | null]> = new Map([
  [400, ['invalid_request_error', 'simulated_invalid_request']],
  [401, ['invalid_request_error', 'invalid_api_key']],
  [403, ['invalid_request_error', 'unsupported_country_region_territory']],
  [404, ['invalid_request_error', 'model_not_found']],
  [429, ['requests', 'rate_limit_exceeded']],
]);

function endingOf(fault: Fault): 'end' | 'stall' | 'cut' {
  return fault.kind === 'stall' || fault.kind === 'cut' ? fault.kind : 'end';
}

/** Half a body where the drill breaks off in the middle. */
function plainBody(request: SimRequest, fault: Fault, envelope: Envelope, answer: Answer): Buffer {
  if (fault.kind === 'error-event') return Buffer.from(JSON.stringify(fault.at === 'first' ? FIRST_ERROR : MID_ERROR));
  const whole = completion(envelope, answer, request.choices, {
    finish: fault.kind !== 'no-finish',
    usage: fault.kind !== 'no-usage',
  });
  const half = fault.kind === 'stall' || fault.kind === 'cut' || fault.kind === 'malformed';
  return half ? whole.subarray(0, whole.length >> 1) : whole;
}

function* streamSteps(request: SimRequest, drill: Drill, envelope: Envelope, answer: Answer): Generator<Step> {
  const { fault, tokenDelayMs } = drill;
  const indexes = Array.from({ length: request.choices }, (_, index) => index);
  const send = (choice: object): Step => ({ delayMs: 0, bytes: chunk(envelope, choice, request.includeUsage) });
  if (fault.kind === 'error-event' && fault.at === 'first') {
    yield { delayMs: 0, bytes: frame(FIRST_ERROR) };
    return;
  }
  for (const index of indexes) yield send(choiceStep(index, { role: 'assistant', content: '' }, null));
  const whole = midFault(fault) === undefined;
  const pieces = whole ? answer.pieces : answer.pieces.slice(0, PIECES_BEFORE_FAULT);
  for (const piece of pieces) {
    for (const index of indexes) {
      const step = send(choiceStep(index, deltaOf(envelope, piece, index), null));
      yield index === 0 ? { ...step, delayMs: tokenDelayMs } : step;
    }
  }
  if (!whole) {
    yield* brokenEnd(fault, envelope);
    return;
  }
  if (fault.kind !== 'no-finish') {
    for (const index of indexes) yield send(choiceStep(index, {}, answer.finishReason));
  }
  if (request.includeUsage && fault.kind !== 'no-usage') {
    yield { delayMs: 0, bytes: usageChunk(envelope, answer.usage) };
  }
  yield { delayMs: 0, bytes: DONE };
}

function midFault(fault: Fault): Fault | undefined {
  return fault.kind === 'stall' || fault.kind === 'cut' || fault.kind === 'malformed' || fault.kind === 'error-event'
    ? fault
    : undefined;
}

function* brokenEnd(fault: Fault, envelope: Envelope): Generator<Step> {
  if (fault.kind === 'error-event') yield { delayMs: 0, bytes: frame(MID_ERROR) };
  if (fault.kind === 'malformed') {
    const whole = chunk(envelope, choiceStep(0, { content: 'and then' }, null), false).toString();
    yield { delayMs: 0, bytes: Buffer.from(`${whole.slice(0, whole.indexOf('and') + 3)}\n\n`) };
  }
}
