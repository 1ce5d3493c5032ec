/**
 * The simulator in another protocol than its own: the request is translated to a chat completion, its script is played
 * back through the codec that serves clients of that protocol. Faults stay faults: what is cut, stalled or malformed in
 * the one is so in the other.
 */
import type { AnswerEvent } from '../../core/answer.ts';
import type { Call } from '../../core/call.ts';
import { GatehouseError } from '../../core/errors.ts';
import type { UpstreamRequest } from '../../core/upstream.ts';
import { Warnings } from '../../core/warnings.ts';
import type { ProviderError } from '../../protocols/codec.ts';
import type { ClientSide, EncodeFacts, ProviderSide, RequestPath } from '../../protocols/translation.ts';
import type { Script, Step } from './script.ts';

/** Handed in, for rooms know nothing of each other's inside. */
export interface Voice {
  readonly client: ClientSide;
  /** Of openai-chat, which the simulator speaks by nature. */
  readonly chat: ProviderSide;
  /** How its streams are typed, where that is not an event stream. */
  readonly streamType?: string;
  /** What of an error stands beside its body. */
  readonly errorHeaders?: (error: Pick<ProviderError, 'status' | 'code'>) => Readonly<Record<string, string>>;
  /** A frame that no reader of the protocol takes for whole, where that is not half a line of JSON. */
  readonly brokenFrame?: Buffer;
}

export interface Speech {
  readonly request: UpstreamRequest;
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  /** The script for a chat completion request. */
  readonly answer: (body: Buffer) => Script;
}

type AnswerScript = Extract<Script, { kind: 'answer' }>;

export function speakAs(voice: Voice, { request, id, created, answer }: Speech): Script {
  const { client } = voice;
  let call: Call;
  let body: Buffer;
  try {
    call = client.decodeRequest(request.body ?? Buffer.alloc(0), pathFacts(request.path));
    body = voice.chat.encodeRequest(call, { model: call.model, quirks: {} }, new Warnings()).body;
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    return whole(error.status, client.encodeError(error, id), voice.errorHeaders?.({ status: error.status }));
  }
  const script = answer(body);
  if (script.kind !== 'answer') return script;
  const facts: EncodeFacts = { model: call.model, call, createdAt: created, newId: idMaker(id), wantsUsage: true };
  const streams = script.headers['content-type']?.startsWith('text/event-stream') === true;
  if (streams) {
    const headers = voice.streamType === undefined ? script.headers : { 'content-type': voice.streamType };
    return { ...script, headers, steps: streamSteps(voice, facts, script, id) };
  }
  return wholeAnswer(voice, facts, script, id);
}

function whole(status: number, bytes: Buffer, more: Readonly<Record<string, string>> = {}): Script {
  const headers = { 'content-type': 'application/json', ...more };
  return { kind: 'answer', status, headers, headDelayMs: 0, steps: [{ delayMs: 0, bytes }], ending: 'end' };
}

/**
 * Gemini and Bedrock say the model and the wish to stream in the path: `/models/{id}:streamGenerateContent?alt=sse`,
 * `/model/{id}/converse-stream`.
 */
function pathFacts(path: string): RequestPath {
  const [, model, verb] = /^\/models\/([^:?]+):(\w+)/.exec(path) ?? /^\/model\/([^/]+)\/([\w-]+)$/.exec(path) ?? [];
  return model === undefined ? {} : { model: decodeURIComponent(model), stream: STREAMING_VERBS.has(verb ?? '') };
}

const STREAMING_VERBS: ReadonlySet<string> = new Set(['streamGenerateContent', 'converse-stream']);

/** The same request gets the same ids. */
function idMaker(seed: string): (prefix: string) => string {
  let made = 0;
  return (prefix) => {
    made += 1;
    return `${prefix}${seed}${made}`;
  };
}

/** An answer, or an error: that stands in one piece, and its headers go out before it. */
function wholeAnswer(voice: Voice, facts: EncodeFacts, script: AnswerScript, id: string): Script {
  const { client, chat } = voice;
  const steps = [...script.steps];
  const error = steps
    .map(({ bytes }) => chat.decodeError(script.status, bytes, script.headers))
    .find((found) => found !== undefined);
  if (error !== undefined) {
    const headers = { ...script.headers, ...voice.errorHeaders?.(error) };
    return { ...script, headers, steps: [{ delayMs: 0, bytes: client.encodeProviderError(error, id) }] };
  }
  return { ...script, steps: steps.map((step) => ({ ...step, bytes: translated(voice, facts, step.bytes) })) };
}

function translated({ client, chat }: Voice, facts: EncodeFacts, body: Buffer): Buffer {
  try {
    return client.encodeAnswer(chat.decodeAnswer(body), facts);
  } catch (failure) {
    // Half a document is half a document in every protocol.
    if (failure instanceof GatehouseError && failure.code === 'upstream_malformed') return body;
    throw failure;
  }
}

/** The waits stay where they were; a step that shows nothing yet in this protocol passes its wait on. */
function* streamSteps(voice: Voice, facts: EncodeFacts, script: AnswerScript, id: string): Generator<Step> {
  const { client, chat } = voice;
  const decoder = chat.decodeStream();
  const encoder = client.encodeStream(facts);
  const encodeOne = (event: AnswerEvent) => {
    const bytes = encoder.push(event);
    return event.type === 'error' && bytes.length === 0 ? client.encodeStreamError(event.error, id) : bytes;
  };
  const encode = (events: readonly AnswerEvent[]) => Buffer.concat(events.map(encodeOne));
  let waited = 0;
  let failed = false;
  for (const { delayMs, bytes } of script.steps) {
    const events = decoder.push(bytes);
    failed ||= events.some((event) => event.type === 'error');
    const out = encode(events);
    waited += delayMs;
    if (out.length === 0) continue;
    yield { delayMs: waited, bytes: out };
    waited = 0;
  }
  if (script.ending !== 'end' || failed) return;
  const { events, complete, problem } = decoder.end();
  const last = Buffer.concat([encode(events), ...(complete ? [encoder.end()] : [])]);
  if (last.length > 0) yield { delayMs: waited, bytes: last };
  if (problem === 'malformed_frame') yield { delayMs: 0, bytes: voice.brokenFrame ?? HALF_A_FRAME };
}

const HALF_A_FRAME = Buffer.from('data: {"half": "of a\n\n');
