/** Every way in which a target fails, and what must come of it: the table that the failover matrix is made from. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SaidError, Wire } from './wires.ts';

export type Form = 'plain' | 'stream';

/**
 * What the gateway does after it: `next` target at once; the same target `again` once and then the next; `alone`: again
 * only where there is no other; `stop`: nobody else is asked; `committed`: content has gone out.
 */
export type Sequel = 'next' | 'again' | 'alone' | 'stop' | 'committed';

/** Where a target stands that does not answer at all. */
export type Place = 'closed-port' | 'no-tls';

export interface FailureKind {
  readonly name: string;
  readonly forms: readonly Form[];
  readonly place?: Place;
  /** `delivered`: the client has the first bytes of the answer; what is sent after it cannot come in one piece with them. */
  answer(wire: Wire, form: Form, response: ServerResponse, delivered: Promise<void>): void;
  readonly sequel: Sequel;
  /** Tokens may have been made, so its hold is charged: the input at least. `if-counted`: the provider has told of tokens. */
  readonly charged: boolean | 'if-counted';
  /** What the client is told when nobody is left. Of `committed` ones: in the stream, after a 200. */
  readonly status: number;
  /** Gatehouse's own code; left out: the provider's words go to the client. */
  readonly code?: string;
  /** Of the provider, after it failed. */
  readonly health: 'unknown' | 'degraded' | 'failing' | 'ok';
}

const BOTH: readonly Form[] = ['plain', 'stream'];
const STREAM: readonly Form[] = ['stream'];
const PLAIN: readonly Form[] = ['plain'];
const SSE = { 'content-type': 'text/event-stream' };
const JSON_TYPE = { 'content-type': 'application/json' };
/** The provider's own words; the client must find them where they are passed on. */
export const WORDS = 'the words of the provider';

type Base = Omit<FailureKind, 'answer' | 'sequel' | 'status' | 'name' | 'code'>;
const REFUSED: Base = { forms: BOTH, charged: false, health: 'degraded' };

function says(
  name: string,
  status: number,
  code: string,
  sequel: Sequel,
  more: Partial<FailureKind> & { message?: string; headers?: Record<string, string> } = {},
): FailureKind {
  const { message = WORDS, headers = {}, ...rest } = more;
  return {
    name,
    ...REFUSED,
    sequel,
    status,
    answer(wire, _form, response) {
      response.writeHead(status, { ...JSON_TYPE, ...headers });
      response.end(wire.errorBody({ status, code, message }));
    },
    ...rest,
  };
}

const broken = (name: string, sequel: Sequel, code: string, more: Partial<FailureKind>): FailureKind => ({
  name,
  forms: BOTH,
  sequel,
  charged: true,
  status: code.endsWith('timeout') ? 504 : 502,
  code,
  health: 'degraded',
  answer: () => undefined,
  ...more,
});

const OVERLOADED: SaidError = { status: 503, code: 'unavailable', message: WORDS };
const cut = (response: IncomingMessage | ServerResponse): void => void response.socket?.destroySoon();
/** Goes on once these bytes have left, so that a cut behind them cannot swallow them. */
const send = (response: ServerResponse, text: string, then: () => void): void => void response.write(text, then);

export const FAILURE_KINDS: readonly FailureKind[] = [
  broken('connect refused', 'alone', 'upstream_connect_failed', { place: 'closed-port', charged: false }),
  broken('TLS failure', 'next', 'upstream_tls_failed', { place: 'no-tls', charged: false }),
  broken('time-out before the first byte', 'alone', 'upstream_first_byte_timeout', {}),
  says('401', 401, 'authentication_error', 'next', { health: 'failing' }),
  says('402', 402, 'billing_error', 'next', { health: 'failing' }),
  says('403', 403, 'permission_error', 'next', { health: 'failing' }),
  says('404 model', 404, 'not_found', 'next', { health: 'ok' }),
  says('408', 408, 'timeout', 'alone'),
  says('409', 409, 'conflict', 'again', { health: 'ok' }),
  says('413 too large', 413, 'request_too_large', 'stop', { health: 'ok' }),
  says('400 context overflow', 400, 'invalid_request_error', 'stop', {
    health: 'ok',
    message: `${WORDS}: prompt is too long`,
  }),
  says('400 bad request', 400, 'invalid_request_error', 'stop', { health: 'ok' }),
  says('400 content refused', 400, 'content_filter', 'stop', { health: 'ok' }),
  says('429 come back soon', 429, 'rate_limit_error', 'again', { headers: { 'retry-after-ms': '200' } }),
  says('429 come back later', 429, 'rate_limit_error', 'next', { headers: { 'retry-after': '30' }, health: 'failing' }),
  says('429 quota used up', 429, 'insufficient_quota', 'next', { health: 'failing' }),
  says('500', 500, 'api_error', 'again'),
  says('503', 503, 'unavailable', 'again'),
  says('529', 529, 'overloaded_error', 'again'),
  {
    name: 'error inside a 200',
    ...REFUSED,
    sequel: 'again',
    status: 502,
    answer(wire, _form, response) {
      response.writeHead(200, JSON_TYPE);
      response.end(wire.errorBody({ status: 502, code: 'trouble', message: WORDS }));
    },
  },
  broken('malformed body', 'again', 'upstream_malformed', {
    forms: PLAIN,
    answer(_wire, _form, response) {
      response.writeHead(200, JSON_TYPE);
      response.end('{"half": [');
    },
  }),
  broken('redirect', 'next', 'upstream_malformed', {
    charged: false,
    answer(_wire, _form, response) {
      response.writeHead(302, { location: 'http://127.0.0.1:9/elsewhere' }).end();
    },
  }),
  broken('cut in the body', 'again', 'upstream_cut', {
    forms: PLAIN,
    answer(wire, _form, response) {
      response.writeHead(200, { ...JSON_TYPE, 'content-length': '5000' });
      send(response, wire.whole('half').slice(0, 40), () => cut(response));
    },
  }),
  {
    name: 'error event before content',
    ...REFUSED,
    forms: STREAM,
    sequel: 'again',
    status: 502,
    charged: 'if-counted',
    answer(wire, _form, response) {
      response.writeHead(200, SSE);
      response.end(wire.begin.join('') + wire.errorFrame({ status: 502, code: 'trouble', message: WORDS }));
    },
  },
  broken('malformed frame before content', 'again', 'upstream_malformed', {
    forms: STREAM,
    answer(wire, _form, response) {
      response.writeHead(200, SSE);
      response.end(`${wire.begin.join('')}data: {"half": [\n\n`);
    },
  }),
  broken('cut before content', 'again', 'upstream_cut', {
    forms: STREAM,
    answer(wire, _form, response) {
      response.writeHead(200, SSE);
      send(response, `: hello\n\n${wire.begin.join('')}`, () => cut(response));
    },
  }),
  broken('stall before content', 'alone', 'upstream_idle_timeout', {
    answer(wire, form, response) {
      response.writeHead(200, form === 'stream' ? SSE : JSON_TYPE);
      response.write(form === 'stream' ? `: hello\n\n${wire.begin.join('')}` : wire.whole('half').slice(0, 40));
    },
  }),
  {
    name: 'error event after content',
    forms: STREAM,
    sequel: 'committed',
    charged: true,
    status: 200,
    health: 'degraded',
    answer(wire, _form, response, delivered) {
      response.writeHead(200, SSE);
      response.write(wire.begin.join('') + wire.content('begun'));
      void delivered.then(() => response.end(wire.errorFrame(OVERLOADED)));
    },
  },
  ...(
    [
      ['malformed frame after content', 'upstream_malformed', 'data: {"half": [\n\n', 'end'],
      ['cut after content', 'upstream_cut', '', 'cut'],
      ['end without a finish', 'upstream_cut', '', 'end'],
      ['stall after content', 'upstream_idle_timeout', '', 'stay'],
    ] as const
  ).map(([name, code, tail, end]) =>
    broken(name, 'committed', code, {
      forms: STREAM,
      status: 200,
      answer(wire, _form, response, delivered) {
        response.writeHead(200, SSE);
        response.write(wire.begin.join('') + wire.content('begun'));
        void delivered.then(() => {
          if (end === 'cut') cut(response);
          if (end === 'end') response.end(tail);
        });
      },
    }),
  ),
];
