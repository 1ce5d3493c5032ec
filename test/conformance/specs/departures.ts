/**
 * Where what we send departs from a description, on purpose. Each is printed with the results, and a test sees that each is
 * still needed.
 */
import type { Departure } from './amend.ts';
import type { JsonSchema } from './descriptions.ts';

const ANY = {};
const TEXT = { type: 'string' };
const COUNT = { type: 'integer', minimum: 0 };
const NULL = { type: 'null' };
const TEXT_OR_NULL = { anyOf: [TEXT, NULL] };

const listOf = (items: JsonSchema) => ({ type: 'array', items });
const objectOf = (properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const oneOf = (...words: string[]) => ({ type: 'string', enum: words });

const URL_CITATION = objectOf({
  type: oneOf('url_citation'),
  url_citation: objectOf({ url: TEXT, title: TEXT, start_index: COUNT, end_index: COUNT, content: TEXT }, ['content']),
});
const IMAGES = listOf(objectOf({ type: oneOf('image_url'), image_url: objectOf({ url: TEXT }) }));
const AUDIO = objectOf({ id: TEXT, data: TEXT, transcript: TEXT, expires_at: COUNT });
const FINISH = oneOf('stop', 'length', 'tool_calls', 'content_filter', 'function_call', 'error', 'other');

const ANTHROPIC_ERRORS = [
  'InvalidRequestError',
  'AuthenticationError',
  'BillingError',
  'PermissionError',
  'NotFoundError',
  'RateLimitError',
  'GatewayTimeoutError',
  'APIError',
  'OverloadedError',
];

export const DEPARTURES: readonly Departure[] = [
  {
    description: 'openai',
    schemas: ['Error'],
    adds: { gatehouse: { type: 'object' } },
    because: 'our own facts (request id, limits) beside the members that are described',
  },
  {
    description: 'openai',
    schemas: ['ChatCompletionResponseMessage', 'ChatCompletionStreamResponseDelta'],
    adds: { reasoning_content: TEXT, reasoning_details: listOf({ type: 'object' }) },
    because: 'thinking and its proof have no place in the description; other providers of this protocol send them so',
  },
  {
    description: 'openai',
    schemas: ['ChatCompletionMessageToolCall', 'ChatCompletionMessageToolCallChunk'],
    adds: { extra_content: objectOf({ google: objectOf({ thought_signature: TEXT }) }) },
    because: 'the signature of a call, where Google puts it in its own chat API',
  },
  {
    description: 'openai',
    schemas: ['ChatCompletionMessageToolCallChunk'],
    replaces: { type: oneOf('function', 'custom') },
    adds: { custom: objectOf({ name: TEXT, input: TEXT }, ['name']) },
    because: 'the description has free-text calls in whole answers only',
  },
  {
    description: 'openai',
    schemas: ['ChatCompletionResponseMessage', 'ChatCompletionStreamResponseDelta'],
    adds: { images: IMAGES },
    because: 'images that a model made, as OpenRouter gives them',
  },
  {
    description: 'openai',
    schemas: ['ChatCompletionStreamResponseDelta'],
    adds: { audio: AUDIO },
    because: 'the description has sound in whole answers only',
  },
  {
    description: 'openai',
    schemas: ['ChatCompletionResponseMessage'],
    at: ['annotations', '*', 'url_citation'],
    adds: { content: TEXT },
    because: 'the cited text, where OpenRouter puts it',
  },
  {
    description: 'openai',
    schemas: ['ChatCompletionStreamResponseDelta'],
    adds: { annotations: listOf(URL_CITATION) },
    because: 'the description has citations in whole answers only',
  },
  {
    description: 'openai',
    schemas: ['CreateChatCompletionResponse'],
    at: ['choices', '*'],
    replaces: { finish_reason: FINISH },
    adds: { native_finish_reason: TEXT },
    because:
      'no word of the description says that an answer broke or ended for another reason, and stop says all is well',
  },
  {
    description: 'openai',
    schemas: ['CreateChatCompletionStreamResponse'],
    at: ['choices', '*'],
    replaces: { finish_reason: { ...FINISH, nullable: true } },
    adds: { native_finish_reason: TEXT },
    because:
      'no word of the description says that an answer broke or ended for another reason, and stop says all is well',
  },
  {
    description: 'openai',
    schemas: ['CompletionUsage'],
    at: ['completion_tokens_details'],
    adds: { image_tokens: COUNT },
    because: 'what of the output is an image, where OpenRouter counts it',
  },
  {
    description: 'openai',
    schemas: ['ResponseErrorEvent'],
    adds: { error: objectOf({ type: TEXT, code: TEXT_OR_NULL, message: TEXT, param: TEXT_OR_NULL }) },
    because: 'OpenAI really nests the error, and clients read either form',
  },
  {
    description: 'openai',
    schemas: ['Response'],
    at: ['&2'],
    replaces: { error: { anyOf: [objectOf({ code: TEXT, message: TEXT }), NULL] } },
    because: 'the codes that OpenAI really sends and Codex acts on are not listed (insufficient_quota), nor are ours',
  },
  {
    description: 'openai',
    schemas: ['Response'],
    at: ['&2'],
    adds: { store: { type: 'boolean' } },
    because: 'OpenAI sends it in every response of the recordings',
  },
  {
    description: 'openai',
    schemas: ['Response'],
    at: ['&2'],
    replaces: { usage: { anyOf: [refTo('ResponseUsage'), NULL] } },
    because: 'OpenAI sends null until the response has ended, and so do we where nobody counted',
  },
  {
    description: 'openai',
    schemas: ['ResponseUsage'],
    at: ['input_tokens_details'],
    optional: ['cache_write_tokens'],
    because: 'OpenAI leaves it out in the recordings where nobody counted it',
  },
  {
    description: 'openai',
    schemas: ['CustomToolCall'],
    adds: { status: oneOf('in_progress', 'completed', 'incomplete') },
    because: 'the description has it in the form of items that are listed (CustomToolCallResource)',
  },
  {
    description: 'openai',
    schemas: ['ImageGenToolCall'],
    adds: { output_format: TEXT },
    because: 'without it nobody knows what kind of image the bytes are',
  },
  {
    description: 'openai',
    schemas: ['WebSearchActionSearch'],
    at: ['sources', '*'],
    replaces: { type: oneOf('url', 'api') },
    adds: { name: TEXT },
    optional: ['url'],
    because: 'an item of OpenAI itself, given on as it came, has sources without a url',
  },
  {
    description: 'anthropic',
    schemas: ['ErrorResponse', 'BetaErrorResponse'],
    adds: { gatehouse: { type: 'object' } },
    because: 'our own facts (code, limits) beside the members that are described',
  },
  {
    description: 'anthropic',
    schemas: [...ANTHROPIC_ERRORS, ...ANTHROPIC_ERRORS.map((name) => `Beta${name}`)],
    adds: { details: ANY },
    because: 'Anthropic sends details (null in the recordings), and its clients read error codes there',
  },
  {
    description: 'anthropic',
    schemas: ['Usage', 'MessageDeltaUsage', 'BetaUsage', 'BetaMessageDeltaUsage'],
    adds: { output_tokens_details: objectOf({ thinking_tokens: COUNT }) },
    because: 'thinking tokens, which Anthropic counts there in the recordings',
  },
  {
    description: 'anthropic',
    schemas: ['MessageDeltaUsage', 'BetaMessageDeltaUsage'],
    adds: { cache_creation: objectOf({ ephemeral_5m_input_tokens: COUNT, ephemeral_1h_input_tokens: COUNT }) },
    because: 'how long the writes are kept is known at the end only, and OpenRouter tells it there too',
  },
  {
    description: 'anthropic',
    schemas: ['BetaMessage', 'BetaMessageDeltaEvent', 'BetaCountMessageTokensResponse'],
    optional: ['context_management'],
    because: 'Anthropic leaves it out where it edited nothing, in the recordings of ?beta=true',
  },
  {
    description: 'anthropic',
    schemas: ['BetaUsage', 'BetaMessageDeltaUsage'],
    optional: ['iterations'],
    because: 'the passes of Anthropic itself, which it leaves out in the recordings of ?beta=true',
  },
  {
    description: 'anthropic',
    schemas: ['BetaUsage'],
    optional: ['speed'],
    because: 'a mode of Anthropic itself, which it leaves out in the recordings of ?beta=true',
  },
  {
    description: 'gemini',
    schemas: ['Status'],
    adds: { status: TEXT },
    because: 'the description has the RPC form; over HTTP every error of Google names its status too',
  },
];
