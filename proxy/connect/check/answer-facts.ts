/** What one JSON document of an answer says, in each protocol. Loose: the codecs are tested elsewhere. */
import type { ToolView } from '../../contract/connect.ts';
import { asObject, asText } from '../../core/json-value.ts';

export interface AnswerFacts {
  /** It has text or a tool call in it. */
  readonly content: boolean;
  readonly toolCall: boolean;
  /** It says that the answer is complete. */
  readonly ended: boolean;
  readonly error?: { readonly message: string; readonly code?: string };
}

const NOTHING: AnswerFacts = { content: false, toolCall: false, ended: false };

/** Of a whole answer, or of one event of a stream. */
export function factsOf(protocol: ToolView['protocol'], json: unknown): AnswerFacts {
  const document = asObject(json);
  if (document === undefined) return NOTHING;
  const error = errorOf(document);
  if (error !== undefined) return { ...NOTHING, error };
  switch (protocol) {
    case 'openai-chat':
      return chatFacts(document);
    case 'openai-responses':
      return responsesFacts(document);
    case 'anthropic-messages':
      return messagesFacts(document);
    case 'gemini':
      return geminiFacts(document);
    default:
      return protocol satisfies never;
  }
}

export function joinedFacts(one: AnswerFacts, other: AnswerFacts): AnswerFacts {
  const error = one.error ?? other.error;
  return {
    content: one.content || other.content,
    toolCall: one.toolCall || other.toolCall,
    ended: one.ended || other.ended,
    ...(error === undefined ? {} : { error }),
  };
}

/** All four put it under `error`; Responses also inside the response that failed. */
function errorOf(document: Readonly<Record<string, unknown>>): AnswerFacts['error'] {
  const error = asObject(document.error) ?? asObject(asObject(document.response)?.error);
  const message = asText(error?.message);
  if (message === undefined) return undefined;
  const code = asText(error?.code) ?? asText(error?.type) ?? asText(error?.status);
  return { message, ...(code === undefined ? {} : { code }) };
}

type Document = Readonly<Record<string, unknown>>;

function chatFacts(document: Document): AnswerFacts {
  const choices = objects(document.choices);
  const parts = choices.map((choice) => asObject(choice.message) ?? asObject(choice.delta) ?? {});
  const toolCall = parts.some((part) => objects(part.tool_calls).length > 0);
  return {
    content: toolCall || parts.some((part) => asText(part.content) !== undefined),
    toolCall,
    ended: choices.some((choice) => asText(choice.finish_reason) !== undefined),
  };
}

function responsesFacts(document: Document): AnswerFacts {
  const whole = asObject(document.response) ?? document;
  const items = [...objects(whole.output), ...objects([document.item])];
  const toolCall = items.some((item) => item.type === 'function_call');
  const said = items.some((item) => item.type === 'message' && objects(item.content).length > 0);
  const type = asText(document.type);
  return {
    content: toolCall || said || type === 'response.output_text.delta',
    toolCall,
    ended: whole.status === 'completed' || whole.status === 'incomplete',
  };
}

function messagesFacts(document: Document): AnswerFacts {
  const blocks = [...objects(document.content), ...objects([document.content_block])];
  const toolCall = blocks.some((block) => block.type === 'tool_use');
  const delta = asText(asObject(document.delta)?.text);
  return {
    content: toolCall || delta !== undefined || blocks.some((block) => asText(block.text) !== undefined),
    toolCall,
    ended: document.type === 'message_stop' || asText(document.stop_reason) !== undefined,
  };
}

function geminiFacts(document: Document): AnswerFacts {
  const candidates = objects(document.candidates);
  const parts = candidates.flatMap((candidate) => objects(asObject(candidate.content)?.parts));
  const toolCall = parts.some((part) => asObject(part.functionCall) !== undefined);
  return {
    content: toolCall || parts.some((part) => asText(part.text) !== undefined),
    toolCall,
    ended: candidates.some((candidate) => asText(candidate.finishReason) !== undefined),
  };
}

function objects(value: unknown): Document[] {
  return (Array.isArray(value) ? value : []).map(asObject).filter((item) => item !== undefined);
}
