/**
 * The simulator in another protocol than its own: the request is translated to a chat completion, its script is played
 * back through the codec that serves clients of that protocol. Faults stay faults: what is cut, stalled or malformed in
 * the one is so in the other.
 */
import type { Call } from '../../core/call.ts';
import { GatehouseError } from '../../core/errors.ts';
import type { UpstreamRequest } from '../../core/upstream.ts';
import { Warnings } from '../../core/warnings.ts';
import type { ClientSide, EncodeFacts, ProviderSide, RequestPath } from '../../protocols/translation.ts';
import type { Script, Step } from './script.ts';

/** Handed in, for rooms know nothing of each other's inside. */
export interface Voice {
  readonly client: ClientSide;
  /** Of openai-chat, which the simulator speaks by nature. */
  readonly chat: ProviderSide;
  /** How its streams are typed, where that is not an event stream. */
  readonly streamType?: string;
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
    return whole(error.status, client.encodeError(error, id));
  }
  const script = answer(body);
  if (script.kind !== 'answer') return script;
  const facts: EncodeFacts = { model: call.model, call, createdAt: created, newId: idMaker(id), wantsUsage: true };
  const streams = script.headers['content-type']?.startsWith('text/event-stream') === true;
  if (streams) {
    const headers = voice.streamType === undefined ? script.headers : { 'content-type': voice.streamType };
    return { ...script, headers, steps: streamSteps(voice, facts, script, id) };
  }
  return {
    ...script,
    steps: [...script.steps].map((step) => ({ ...step, bytes: translated(voice, facts, script, step.bytes, id) })),
  };
}

function whole(status: number, bytes: Buffer): Script {
  const headers = { 'content-type': 'application/json' };
  return { kind: 'answer', status, headers, headDelayMs: 0, steps: [{ delayMs: 0, bytes }], ending: 'end' };
}

/** Gemini says the model and the wish to stream in the path: `/models/{id}:streamGenerateContent?alt=sse`. */
function pathFacts(path: string): RequestPath {
  const [, model, verb] = /^\/models\/([^:?]+):(\w+)/.exec(path) ?? [];
  return model === undefined ? {} : { model: decodeURIComponent(model), stream: verb === 'streamGenerateContent' };
}

/** The same request gets the same ids. */
function idMaker(seed: string): (prefix: string) => string {
  let made = 0;
  return (prefix) => {
    made += 1;
    return `${prefix}${seed}${made}`;
  };
}

function translated(
  { client, chat }: Voice,
  facts: EncodeFacts,
  { status, headers }: AnswerScript,
  body: Buffer,
  id: string,
): Buffer {
  const error = chat.decodeError(status, body, headers);
  if (error !== undefined) return client.encodeProviderError(error, id);
  try {
    return client.encodeAnswer(chat.decodeAnswer(body), facts);
  } catch (failure) {
    // Half a document is half a document in every protocol.
    if (failure instanceof GatehouseError && failure.code === 'upstream_malformed') return body;
    throw failure;
  }
}

/** The waits stay where they were; a step that shows nothing yet in this protocol passes its wait on. */
function* streamSteps({ client, chat }: Voice, facts: EncodeFacts, script: AnswerScript, id: string): Generator<Step> {
  const decoder = chat.decodeStream();
  const encoder = client.encodeStream(facts);
  const encode = (events: ReturnType<typeof decoder.push>) =>
    Buffer.concat(
      events.map((event) => (event.type === 'error' ? client.encodeStreamError(event.error, id) : encoder.push(event))),
    );
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
  if (problem === 'malformed_frame') yield { delayMs: 0, bytes: HALF_A_FRAME };
}

const HALF_A_FRAME = Buffer.from('data: {"half": "of a\n\n');
