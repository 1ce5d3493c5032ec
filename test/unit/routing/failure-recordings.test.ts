/** Every recorded error of a real provider, and what it must be taken for; each expectation was written by reading the body. */
import { expect, test } from 'vitest';
import type { Protocol } from '../../../proxy/core/protocol.ts';
import { anthropicMessages } from '../../../proxy/protocols/anthropic-messages/codec.ts';
import type { PassThroughCodec } from '../../../proxy/protocols/codec.ts';
import { openAiChat } from '../../../proxy/protocols/openai-chat/codec.ts';
import { openAiResponses } from '../../../proxy/protocols/openai-responses/codec.ts';
import { PROVIDER_SIDES } from '../../../proxy/protocols/registry.ts';
import { classifyFailure, type FailureInput } from '../../../proxy/routing/failure.ts';
import { type Recording, recordedSuite, recordings } from '../../support/recordings.ts';

/** When OpenRouter's recorded limit was 40 s away. */
const NOW_MS = 1_759_845_380_000;

/** Kind, scope, decision, milliseconds to wait; by the beginning of the recording's id. */
const EXPECTED: Readonly<Record<string, readonly [string, string, string, number?]>> = {
  'anthropic-messages-error-envelope-nonexistent-model': ['model_missing', 'endpoint', 'next'],
  'anthropic-messages-error-handling-with-anthropic-claude-haiku': ['credential', 'credential', 'next'],
  'anthropic-messages-error-identity-edge-streaming-connect-4xx': ['model_missing', 'endpoint', 'next'],
  'anthropic-messages-error-identity-edge-validation': ['bad_request', 'request', 'stop'],
  'anthropic-messages-explicit-effort-xhigh': ['bad_request', 'request', 'stop'],
  'anthropic-messages-model-name-suggestion': ['model_missing', 'endpoint', 'next'],
  'anthropic-messages-overloaded-529': ['overloaded', 'endpoint', 'retry'],
  'anthropic-messages-real-error-scenarios': ['context_overflow', 'request', 'larger-context'],
  'anthropic-messages-stream-overloaded-first-event': ['overloaded', 'endpoint', 'retry'],
  'anthropic-messages-stream-overloaded-mid-stream': ['overloaded', 'endpoint', 'retry'],
  'anthropic-messages-strict-schema-matrix': ['bad_request', 'request', 'stop'],
  'anthropic-messages-wraps-api-errors-on-stream-call': ['model_missing', 'endpoint', 'next'],
  'bedrock-converse-model-ids-bare-profile-only': ['model_missing', 'endpoint', 'next'],
  'bedrock-converse-model-ids-retired': ['model_missing', 'endpoint', 'next'],
  'bedrock-converse-multimodal-tool-return-matrix-direct-uploaded-file-docum': ['bad_request', 'request', 'stop'],
  'bedrock-converse-multimodal-tool-return-matrix-direct-uploaded-file-image': ['bad_request', 'request', 'stop'],
  'bedrock-converse-real-error-scenarios': ['context_overflow', 'request', 'larger-context'],
  // Throttling that comes as a plain 503.
  'bedrock-invoke-amazon-bedrock-amazon-bedrock-basic-tool-call': ['rate_limited', 'endpoint', 'retry'],
  'bedrock-invoke-stream-invoke-model-with-response-stream-invalid-model': ['model_missing', 'endpoint', 'next'],
  // The key is good, the account has no access to this one model.
  'bedrock-invoke-testamazonoutput': ['model_missing', 'endpoint', 'next'],
  'cohere-chat-error-handling': ['credential', 'credential', 'next'],
  'cohere-chat-real-error-scenarios': ['context_overflow', 'request', 'larger-context'],
  'cohere-embeddings-testcohere-test-embed-error': ['model_missing', 'endpoint', 'next'],
  'google-embeddings-embedding-matrix-error': ['model_missing', 'endpoint', 'next'],
  'google-embeddings-testgoogle-test-embed-error': ['model_missing', 'endpoint', 'next'],
  'google-generateContent-gemini-1-5-flash-8b-token-limit': ['model_missing', 'endpoint', 'next'],
  'google-generateContent-gemini-2-5-flash-image-object-basic': ['bad_request', 'request', 'stop'],
  'google-generateContent-gemini-2-5-pro-preview-tts': ['bad_request', 'request', 'stop'],
  'google-generateContent-model-name-suggestion': ['model_missing', 'endpoint', 'next'],
  // OpenAI's words for an empty account, but of a limit per minute.
  'google-generateContent-real-error-scenarios': ['rate_limited', 'endpoint', 'retry', 48_940],
  'google-generateContent-testgoogleaierrorhandling': ['credential', 'credential', 'next'],
  // A 400 whose details say API_KEY_INVALID.
  'google-streamGenerateContent-authentication-error': ['credential', 'credential', 'next'],
  'groq-chat-meta-llama-llama-guard-4-12b-no-tool': ['bad_request', 'request', 'stop'],
  'groq-chat-mistral-saba-24b-token-limit': ['model_missing', 'endpoint', 'next'],
  'groq-chat-qwen-qwq-32b-token-limit': ['model_missing', 'endpoint', 'next'],
  'groq-chat-response-identity-edge-auth-rejection': ['credential', 'credential', 'next'],
  'groq-chat-response-identity-edge-provider-error': ['model_missing', 'endpoint', 'next'],
  'groq-chat-stream-tool-use-failed-error-streaming': ['malformed', 'request', 'retry'],
  'groq-chat-tool-regular-error': ['model_missing', 'endpoint', 'next'],
  'groq-chat-tool-use-failed-error-23326e': ['malformed', 'request', 'retry'],
  'groq-chat-tool-use-failed-error-with-text': ['malformed', 'request', 'retry'],
  'mistral-chat-error-handling': ['credential', 'credential', 'next'],
  'mistral-chat-logprobs-rejection-matrix': ['bad_request', 'request', 'stop'],
  'mistral-chat-response-identity-edge-blocking-error': ['model_missing', 'endpoint', 'next'],
  'mistral-embeddings-embedding-matrix-error': ['model_missing', 'endpoint', 'next'],
  'openai-chat-async-chat-completion-404': ['model_missing', 'endpoint', 'next'],
  'openai-chat-authentication-error-stream': ['credential', 'credential', 'next'],
  'openai-chat-call-with-params-openai-gpt-5-mini': ['bad_request', 'request', 'stop'],
  'openai-chat-error-identity-edge-chat-validation': ['bad_request', 'request', 'stop'],
  'openai-chat-multimodal-tool-return-matrix': ['bad_request', 'request', 'stop'],
  'openai-chat-no-messages': ['bad_request', 'request', 'stop'],
  'openai-chat-o1-mini-system-role-system': ['bad_request', 'request', 'stop'],
  'openai-chat-reasoning-model-legacy-parameter': ['bad_request', 'request', 'stop'],
  'openai-chat-tapes-db8ad4': ['bad_request', 'request', 'stop'],
  'openai-chat-testinputvalueimagehiding': ['bad_request', 'request', 'stop'],
  // A 403 that is about the model, not about the key.
  'openai-chat-text-embedding-3-small-token-limit': ['model_missing', 'endpoint', 'next'],
  'openai-chat-text-embedding-ada-002-token-limit': ['model_missing', 'endpoint', 'next'],
  'openai-completions-completion-bad-request': ['bad_request', 'request', 'stop'],
  'openai-embeddings-async-embeddings-error': ['model_missing', 'endpoint', 'next'],
  'openai-embeddings-text-embedding-ada-002-embed-batch': ['credential', 'credential', 'next'],
  'openai-responses-error-1': ['quota', 'credential', 'next'],
  'openai-responses-reasoning-model-temperature': ['bad_request', 'request', 'stop'],
  // The same inside a 200 stream.
  'openai-responses-stream-error-1': ['quota', 'credential', 'next'],
  'openrouter-chat-error-handling': ['credential', 'credential', 'next'],
  'openrouter-chat-featherless-qwerky-72b': ['model_missing', 'endpoint', 'next'],
  // A 200 whose body is an error with code 502.
  'openrouter-chat-mistralai-devstral-small-2505-tool-round-trip': ['server_error', 'endpoint', 'retry'],
  'openrouter-chat-moonshotai-kimi-k2-free': ['model_missing', 'endpoint', 'next'],
  'openrouter-chat-qwen-qwen3-8b-free-no-tool': ['model_missing', 'endpoint', 'next'],
  'openrouter-chat-qwen-qwen3-8b-free-usage': ['rate_limited', 'endpoint', 'retry', 40_000],
  'openrouter-chat-qwen-qwq-32b-free': ['model_missing', 'endpoint', 'next'],
  'openrouter-chat-real-error-scenarios': ['context_overflow', 'request', 'larger-context'],
  'openrouter-chat-stream-meta-llama-llama-3-3-70b': ['server_error', 'endpoint', 'retry'],
  // "Token limit reached", with a 400 inside the stream.
  'openrouter-chat-stream-stream-error': ['bad_request', 'request', 'stop'],
  // A 403 of the provider behind the router, about the content: our key is good.
  'openrouter-chat-x-ai-grok-3-mini-reasoning': ['content_refused', 'request', 'stop'],
  'openrouter-embeddings-embedding-matrix-error': ['model_missing', 'endpoint', 'next'],
  'together-chat-openai-compatibility': ['credential', 'credential', 'next'],
  'together-completions-tapes': ['bad_request', 'request', 'stop'],
  'xai-chat-grok-beta-token-limit': ['model_missing', 'endpoint', 'next'],
  // A bad key is a 400 there.
  'xai-responses-response-identity-auth-rejection': ['credential', 'credential', 'next'],
  'xai-responses-response-identity-provider-error': ['model_missing', 'endpoint', 'next'],
};

const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  messages: 'anthropic-messages',
  responses: 'openai-responses',
  generateContent: 'gemini',
  streamGenerateContent: 'gemini',
  converse: 'bedrock-converse',
  invoke: 'bedrock-converse',
  'invoke-with-response-stream': 'bedrock-converse',
};
const STREAM_CODECS: Readonly<Record<string, PassThroughCodec>> = {
  messages: anthropicMessages,
  responses: openAiResponses,
  'chat.completions': openAiChat,
};

const isEventStream = ({ responseBody }: Recording) => /^(?:data|event|:)/m.test(responseBody.toString('latin1'));

function inputOf(recording: Recording): FailureInput {
  const { api, status, responseBody: body, responseHeaders: headers } = recording;
  if (isEventStream(recording)) {
    const observer = STREAM_CODECS[api]?.observeStream({ hideUsage: false });
    const says = observer?.push(body).error ?? observer?.end().summary.error;
    if (says === undefined) throw new Error(`${recording.id} holds no error event`);
    return { kind: 'event', says };
  }
  const says = PROVIDER_SIDES[PROTOCOLS[api] ?? 'openai-chat'].decodeError(status, body, headers);
  return { kind: 'answer', status, headers, body, ...(says === undefined ? {} : { says }) };
}

const ERRORS = recordings(({ features }) => features.some((feature) => feature.startsWith('error')));
const expectedOf = ({ id }: Recording) => Object.entries(EXPECTED).find(([begin]) => id.startsWith(begin))?.[1];

recordedSuite('recorded errors', () => {
  test.each(ERRORS.map((recording) => [recording.id, recording] as const))('%s', (_id, recording) => {
    const { kind, scope, decision, retryAfterMs } = classifyFailure(inputOf(recording), NOW_MS);
    const seen = retryAfterMs === undefined ? [kind, scope, decision] : [kind, scope, decision, retryAfterMs];
    expect(seen).toEqual(expectedOf(recording));
  });

  test('every expectation has its recording', () => {
    const unused = Object.keys(EXPECTED).filter((begin) => !ERRORS.some(({ id }) => id.startsWith(begin)));
    expect(unused).toEqual([]);
  });

  test('a refusal behind a router is not taken for a bad key even without its body', () => {
    const forbidden = ERRORS.find(({ id }) => id.startsWith('openrouter-chat-x-ai-grok-3-mini-reasoning'));
    if (forbidden === undefined) throw new Error('the recording is missing');
    const input = inputOf(forbidden);
    if (input.kind !== 'answer') throw new Error('expected an answer');
    const { body: _body, ...withoutBody } = input;
    expect(classifyFailure(withoutBody, NOW_MS)).toMatchObject({ kind: 'model_missing', decision: 'next' });
  });
});
