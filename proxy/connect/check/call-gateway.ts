/** One HTTP call to our own address, as a tool on this machine would make it: no proxy, no retry. */
import { request } from 'node:http';
import { createParser } from 'eventsource-parser';
import type { ToolView } from '../../contract/connect.ts';
import { parseJson } from '../../core/json-value.ts';
import { type AnswerFacts, factsOf, joinedFacts } from './answer-facts.ts';
import type { CheckRequest } from './requests.ts';

export interface GatewayAnswer {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly facts: AnswerFacts;
  /** Events of a stream; 0: it came in one piece. */
  readonly events: number;
}

/** A person looks on: nobody waits longer for one answer. */
const WITHIN_MS = 90_000;
const CLIENT = 'gatehouse-check';
const BYTES_MAX = 4_194_304;

/** Rejects when there was no answer, or not all of it. `CallFailed` says so for people. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
}

export function callGateway(
  rootUrl: string,
  protocol: ToolView['protocol'],
  { path, headers, body }: CheckRequest,
  signal: AbortSignal,
): Promise<GatewayAnswer> {
  const content = Buffer.from(JSON.stringify(body));
  const within = AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]);
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void =>
      reject(signal.aborted ? error : new CallFailed(failureText(error), { cause: error }));
    const call = request(
      rootUrl + path,
      {
        method: 'POST',
        signal: within,
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': content.length,
          'x-client-id': CLIENT,
        },
      },
      (answer) => {
        const reader = answerReader(
          protocol,
          String(answer.headers['content-type'] ?? '').startsWith('text/event-stream'),
        );
        const requestId = answer.headers['x-request-id'];
        answer.setEncoding('utf8');
        answer.on('data', (text: string) => {
          if (!reader.take(text))
            answer.destroy(new CallFailed('The answer is larger than anything that was asked for.'));
        });
        answer.on('error', fail);
        answer.on('end', () => {
          const status = answer.statusCode ?? 0;
          resolve({ status, requestId: typeof requestId === 'string' ? requestId : undefined, ...reader.end() });
        });
      },
    );
    call.on('error', fail);
    call.end(content);
  });
}

function answerReader(protocol: ToolView['protocol'], stream: boolean) {
  let facts: AnswerFacts = { content: false, toolCall: false, ended: false };
  let events = 0;
  let size = 0;
  let whole = '';
  const see = (text: string): void => {
    facts = joinedFacts(facts, factsOf(protocol, parseJson(text)));
  };
  const parser = createParser({
    onEvent: ({ data }) => {
      events += 1;
      if (data !== '[DONE]') see(data);
    },
  });
  return {
    /** False: enough is enough. */
    take(text: string): boolean {
      size += text.length;
      if (stream) parser.feed(text);
      else whole += text;
      return size <= BYTES_MAX;
    },
    end(): Pick<GatewayAnswer, 'facts' | 'events'> {
      if (!stream) see(whole);
      return { facts, events };
    },
  };
}

function failureText(error: Error): string {
  if (error instanceof CallFailed) return error.message;
  if (error.name === 'TimeoutError') return `There was no whole answer within ${WITHIN_MS / 1000} seconds.`;
  return `The connection to the gateway broke off (${'code' in error ? String(error.code) : error.message}).`;
}
