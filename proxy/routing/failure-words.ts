/**
 * What providers say when they fail, recognised by their codes and words. Codes come first; words are the last resort,
 * because several providers send a bare 400 for everything. All look-ups are substrings of a lower-cased, bounded text:
 * linear in time, whatever the provider wrote.
 */
import type { AnswerError } from '../core/answer.ts';

/** A provider may repeat the request in its message; what an error is about stands at its beginning. */
const TEXT_LENGTH_MAX = 2_000;

export interface Words {
  /** Code and type, lower-cased, as they came. */
  readonly codes: readonly string[];
  /** Lower-cased message, apostrophes made plain. */
  readonly text: string;
}

/** `more`: further words of the provider (the error of somebody behind a router). */
export function wordsOf(says: AnswerError | undefined, errorClass: string | undefined, more = ''): Words {
  const codes = [says?.code, says?.type, errorClass].flatMap((code) =>
    code === undefined ? [] : [code.toLowerCase()],
  );
  const text = `${(says?.message ?? '').slice(0, TEXT_LENGTH_MAX)} ${more.slice(0, TEXT_LENGTH_MAX)}`;
  return { codes, text: text.toLowerCase().replaceAll('’', "'") };
}

function hasCode({ codes }: Words, known: ReadonlySet<string>): boolean {
  return codes.some((code) => known.has(code));
}

function hasPhrase({ text }: Words, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => text.includes(phrase));
}

const OVERFLOW_CODES: ReadonlySet<string> = new Set([
  'context_length_exceeded',
  'context_window_exceeded',
  'model_context_window_exceeded',
  'exceed_context_size_error',
  'context_too_large',
  'prompt_too_long',
  'request_too_large',
  'string_above_max_length',
  'tokens_limit_reached',
  'too_many_tokens',
]);

const OVERFLOW_PHRASES = [
  'prompt is too long', // Anthropic, Claude at Bedrock
  'prompt too long', // Ollama
  'input is too long', // Bedrock
  'input tokens exceed', // Nova at Bedrock, Azure
  'input tokens exceeds',
  'too many input tokens', // Titan at Bedrock
  'too many total text bytes', // Bedrock
  'input exceeds the max', // Bedrock
  'exceed context limit', // Anthropic: input length and `max_tokens` exceed context limit
  'maximum context length', // OpenAI, OpenRouter, Mistral, vLLM
  'context length is only', // vLLM
  'exceeds the context window', // OpenAI Responses
  'exceeds context length',
  'exceeds the model context',
  "exceeds the model's context",
  "exceeds the model's max",
  'context length exceeded', // Ollama
  'context window exceeds', // MiniMax
  'context overflow',
  'maximum prompt length', // xAI
  'reduce the length of the messages', // Groq
  'too large for model with', // Mistral
  'exceeds the available context size', // llama.cpp
  'context size has been exceeded', // LM Studio
  'greater than the context length', // LM Studio
  'context length of only', // LM Studio
  'exceeded model token limit', // Moonshot
  'exceeds the maximum allowed input length', // GLM
  'length of all messages is too long', // Perplexity
  'tokens in request more than max tokens allowed',
  '`inputs` tokens + `max_new_tokens` must be', // text-generation-inference
  'too many tokens', // Cohere
];

/** The call does not fit into the model's context. Not when the words are of a rate: "too many tokens, please wait". */
export function saysOverflow(words: Words): boolean {
  if (saysRate(words)) return false;
  if (hasCode(words, OVERFLOW_CODES) || hasPhrase(words, OVERFLOW_PHRASES)) return true;
  // Gemini: The input token count (1196265) exceeds the maximum number of tokens allowed (1048575).
  return words.text.includes('input token count') && words.text.includes('exceed');
}

const RATE_CODES: ReadonlySet<string> = new Set([
  'rate_limit_exceeded',
  'rate_limit_error',
  'rate_limited',
  'rate_limit',
  'too_many_requests',
  'throttlingexception',
  'toomanyrequestsexception',
  'resource_exhausted',
]);
const RATE_PHRASES = [
  'rate limit',
  'rate-limit',
  'ratelimit',
  'throttl',
  'too many requests',
  'tokens per min',
  'requests per min',
  'please wait before',
];

export function saysRate(words: Words): boolean {
  return hasCode(words, RATE_CODES) || hasPhrase(words, RATE_PHRASES);
}

/** This call alone is over the limit for a minute: waiting does not help, a smaller call or another target does. */
export function saysOverRateAlone(words: Words): boolean {
  return words.text.includes('request too large') && saysRate(words);
}

const BILLING_CODES: ReadonlySet<string> = new Set([
  'insufficient_quota',
  'insufficient_user_quota',
  'insufficient_credits',
  'insufficient_balance',
  'exceeded_current_quota_error',
  'billing_error',
  'billing_not_active',
  'billing_hard_limit_reached',
  'payment_required',
]);
const BILLING_PHRASES = [
  'credit balance is too low', // Anthropic, with a 400
  'insufficient credit',
  'insufficient balance',
  'insufficient fund',
  'insufficient_quota',
  'requires more credits', // OpenRouter
  'never purchased credits',
  "doesn't have any credits", // xAI
  'used all available credits',
  'out of credits',
  'monthly spending limit',
  'billing hard limit',
  'hard limit has been reached',
  'usage limits. you will regain access', // Anthropic
  'key limit exceeded', // OpenRouter
  'payment required',
  'account is not active',
];

/** The account has no money, or a spending limit is reached. */
export function saysBilling(words: Words): boolean {
  return hasCode(words, BILLING_CODES) || hasPhrase(words, BILLING_PHRASES);
}

const LONG_WINDOW = ['per day', 'per-day', 'perday', '(tpd)', '(rpd)', 'daily', 'per month', 'per-month', 'per week'];

/** A limit that will not be over in a minute: tokens per day and the like. */
export function saysLongQuota(words: Words): boolean {
  return saysServiceQuota(words) || hasPhrase(words, LONG_WINDOW);
}

/** Bedrock's quota of the account for a model, with a 400. */
export function saysServiceQuota({ codes }: Words): boolean {
  return codes.includes('servicequotaexceededexception');
}

/** OpenAI's words for an empty account; Gemini says the very same of a limit per minute. */
export function saysQuotaSomehow({ text }: Words): boolean {
  return text.includes('exceeded your current quota');
}

const KEY_CODES: ReadonlySet<string> = new Set([
  'invalid_api_key',
  'api_key_invalid',
  'api_key_expired',
  'authentication_error',
  'expiredtokenexception',
  'unrecognizedclientexception',
  'invalidsignatureexception',
  'incompletesignatureexception',
  'missingauthenticationtokenexception',
  'unauthenticated',
]);
const KEY_PHRASES = [
  'incorrect api key', // OpenAI, xAI (400)
  'invalid api key',
  'invalid x-api-key',
  'api key not valid', // Gemini (400)
  'api key not found',
  'api key expired',
  'api key is invalid',
  'security token included in the request',
  'missing authentication',
];

/** The credential is not accepted. */
export function saysBadKey(words: Words): boolean {
  return hasCode(words, KEY_CODES) || hasPhrase(words, KEY_PHRASES);
}

const MODEL_CODES: ReadonlySet<string> = new Set([
  'model_not_found',
  'model_not_available',
  'model_decommissioned',
  'model_deprecated',
  'model_terms_required',
  'invalid_model',
  'resourcenotfoundexception',
  'unsupported_country_region_territory',
]);
const MODEL_PHRASES = [
  'model not found', // xAI (400)
  'invalid model', // Mistral (400)
  'unknown model',
  'unsupported model',
  'not a valid model', // OpenRouter (400)
  'model identifier is invalid', // Bedrock (400)
  'on-demand throughput', // Bedrock (400): only by an inference profile
  'end of its life',
  'decommissioned',
  'was deprecated',
  'not allowed to sample from this model', // OpenAI (403)
  'access to the model', // Bedrock (403), OpenAI
  'access to model',
  'foundation-model/', // Bedrock (403): a policy on one model
  'inference-profile/',
  'no endpoints found', // OpenRouter
  'no allowed providers', // OpenRouter
  'not a chat model', // OpenAI
  'no models loaded', // LM Studio
  'no model is loaded',
  'try pulling it', // Ollama
  'user location is not supported', // Gemini: not served to this place
];

/** The model is not there, or not for this account. */
export function saysNoModel(words: Words): boolean {
  if (hasCode(words, MODEL_CODES) || hasPhrase(words, MODEL_PHRASES)) return true;
  return words.text.startsWith('model ') && words.text.includes('does not exist');
}

const REFUSAL_CODES: ReadonlySet<string> = new Set([
  'content_policy_violation',
  'image_content_policy_violation',
  'content_filter',
  'content_filter_error',
  'responsibleaipolicyviolation',
  'invalid_prompt',
  'moderation_blocked',
  'data_inspection_failed',
  'datainspectionfailed',
  'prohibited_content',
  'cyber_policy_violation',
]);
const REFUSAL_PHRASES = [
  'content policy',
  'content management policy',
  'content filtering policy',
  'content violates',
  'usage policy',
  'usage policies',
  'usage guidelines',
  'requires moderation',
  'was flagged',
  'flagged as',
  'safety system',
  'safety_check_type',
];

/** The provider does not want to answer this: asking another one for the same would be going behind its back. */
export function saysRefused(words: Words): boolean {
  return hasCode(words, REFUSAL_CODES) || hasPhrase(words, REFUSAL_PHRASES);
}

const OVERLOADED_CODES: ReadonlySet<string> = new Set([
  'overloaded_error',
  'overloaded',
  'serviceunavailableexception',
  'modelnotreadyexception',
  'unavailable',
  'service_unavailable',
]);

export function saysOverloaded(words: Words): boolean {
  return hasCode(words, OVERLOADED_CODES) || hasPhrase(words, ['overloaded', 'server busy', 'at capacity']);
}

/** The model wrote a tool call or a document that the provider could not read: another try may well succeed. */
export function saysModelSlipped(words: Words): boolean {
  return hasCode(words, new Set(['tool_use_failed', 'json_validate_failed', 'modelerrorexception']));
}

const SERVER_CODES: ReadonlySet<string> = new Set([
  'server_error',
  'internal_error',
  'internal_server_error',
  'api_error',
  'internalserverexception',
  'modelstreamerrorexception',
]);

export function saysServerError(words: Words): boolean {
  return hasCode(words, SERVER_CODES);
}

/** A router (OpenRouter) tells of an error of the provider behind it: its status is not about our credential. */
export function saysBehindRouter({ text }: Words): boolean {
  return text.startsWith('provider returned error');
}
