/** Recorded answers, taken over the same bridge that the gateway uses, to clients of the other protocols. */
import type { Protocol } from '../../../proxy/core/protocol.ts';
import { translatingBridge } from '../../../proxy/pipeline/bridge/translate.ts';
import { DIALECTS } from '../../../proxy/protocols/dialects.ts';
import { PROVIDER_SIDES } from '../../../proxy/protocols/registry.ts';
import type { Quirks } from '../../../proxy/protocols/translation.ts';
import type { Recording } from '../../support/recordings.ts';
import { documentsOf, type Emitted, type SpecClient } from './clients.ts';

/** Undefined for what no provider of ours speaks: Cohere, the embeddings, invoke ... */
export function protocolOf({ api, provider }: Recording): Protocol | undefined {
  if (api === 'chat.completions') return provider === 'cohere' ? undefined : 'openai-chat';
  if (api === 'responses') return 'openai-responses';
  if (api === 'messages') return 'anthropic-messages';
  if (api === 'generateContent' || api === 'streamGenerateContent') return 'gemini';
  if (api === 'converse' || api === 'converse-stream') return 'bedrock-converse';
  return undefined;
}

/** The same protocol on both sides passes the bytes; only Responses are also translated to themselves (folded tools). */
export function isTranslated(client: SpecClient, provider: Protocol): boolean {
  return client.dialect !== provider || client.dialect === 'openai-responses';
}

/** What a client that sent `body` gets of a recorded answer. Throws where the gateway would refuse the request. */
export function translated(client: SpecClient, body: unknown, provider: Protocol, recording: Recording): Emitted[] {
  const { status, responseBody, responseHeaders } = recording;
  // Gemini streams a list where it is not asked for events.
  const stream = recording.stream || (status < 400 && responseBody.toString('utf8').trimStart().startsWith('['));
  const bridge = openBridge(client, body, provider, stream);
  if (status < 400 && stream) {
    const observer = bridge.observeStream();
    const { forward } = observer.push(responseBody);
    const last = observer.end();
    const sent = Buffer.concat([forward ?? Buffer.alloc(0), last.forward ?? Buffer.alloc(0)]).toString('utf8');
    return documentsOf(client, { status: 200, stream: true, body: sent });
  }
  const { body: sent, observed } = bridge.readResult(status, responseHeaders, responseBody);
  if (observed.malformed === true) throw new Error(`${recording.id} cannot be read`);
  const failed = observed.error !== undefined ? Math.max(status, 400) : status;
  return documentsOf(client, { status: failed, stream: false, body: sent.toString('utf8') });
}

function openBridge(client: SpecClient, body: unknown, provider: Protocol, stream: boolean) {
  const bytes = Buffer.from(JSON.stringify(body));
  const { codec, client: side } = DIALECTS[client.dialect];
  if (side === undefined) throw new Error(`${client.dialect} is not translated`);
  const call = side.decodeRequest(bytes, { model: 'up/m', stream });
  let ids = 0;
  return translatingBridge({
    client: side,
    provider: PROVIDER_SIDES[provider],
    call: { ...call, stream },
    facts: { ...codec.inspectRequest(bytes).facts, stream },
    bodyBytes: bytes.length,
    target: { model: 'm', quirks: QUIRKS, maxOutputTokens: 10_000 },
    path: '/',
    requestId: 'req_1',
    createdAt: 1_780_000_000,
    newId: (prefix) => {
      ids += 1;
      return `${prefix}${String(ids).padStart(24, '0')}`;
    },
  });
}

const QUIRKS: Readonly<Quirks> = {};
