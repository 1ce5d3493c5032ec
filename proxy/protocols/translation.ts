/**
 * What every protocol offers for translation: one codec per wire format, used in both directions. Pure: bytes and objects
 * in and out, no I/O, no clock (ids and instants are passed in). Same-protocol calls do not come here: their bytes pass
 * (see codec.ts).
 */
import type { Answer, AnswerEvent } from '../core/answer.ts';
import type { Call, ReasoningWish } from '../core/call.ts';
import type { GatehouseError } from '../core/errors.ts';
import type { Protocol } from '../core/protocol.ts';
import type { Usage } from '../core/usage.ts';
import type { Warnings } from '../core/warnings.ts';
import type { ProviderError, Refusals } from './codec.ts';

/** Facts that stand outside the body: Gemini and Bedrock carry the model and the wish to stream in the path. */
export interface RequestPath {
  readonly model?: string;
  readonly stream?: boolean;
}

/** How a client of this protocol is served. */
export interface ClientSide {
  readonly protocol: Protocol;
  /** Throws GatehouseError invalid_json, invalid_utf8, too_deep or invalid_request (with `param`). */
  decodeRequest(body: Buffer, path: RequestPath): Call;
  /** `facts.model` is what the client asked for; ids the protocol needs are made by `facts.newId`. */
  encodeAnswer(answer: Answer, facts: EncodeFacts): Buffer;
  /** One per stream. The bytes of the events given so far; strict emission whatever the provider did. */
  encodeStream(facts: EncodeFacts): AnswerStreamEncoder;
  encodeError(error: GatehouseError, requestId: string): Buffer;
  /** A provider's error of another protocol, in this one's envelope, with the provider's words. */
  encodeProviderError(error: ProviderError, requestId: string): Buffer;
  encodeStreamError(error: { message: string; code?: string; type?: string }, requestId: string): Buffer;
}

export interface EncodeFacts {
  readonly model: string;
  readonly call: Call;
  /** Seconds since 1970. */
  readonly createdAt: number;
  /** A fresh id with the given prefix, e.g. `msg_`, `chatcmpl-`, `call_`. */
  readonly newId: (prefix: string) => string;
  /** openai-chat: the client asked for usage in the stream. */
  readonly wantsUsage: boolean;
}

export interface AnswerStreamEncoder {
  /**
   * Bytes to send now; empty when this event shows later. Never called after an error event, which is empty where what
   * `encodeStreamError` writes says it all.
   */
  push(event: AnswerEvent): Buffer;
  /** The ordinary end ([DONE], message_stop, response.completed ...). Only called when the stream ended well. */
  end(): Buffer;
}

/** How a provider of this protocol is called. */
export interface ProviderSide {
  readonly protocol: Protocol;
  /** The request body for `model` at the provider; what cannot be carried over is added to `warnings`. Throws GatehouseError invalid_request when leaving it out would change the meaning. */
  encodeRequest(call: Call, target: EncodeTarget, warnings: Warnings): EncodedRequest;
  /** Throws GatehouseError upstream_malformed when the body is not this protocol's answer. */
  decodeAnswer(body: Buffer): Answer;
  decodeStream(): AnswerStreamDecoder;
  /** An error answer or an error inside a 200; undefined when the body is no error. Never throws. */
  decodeError(
    status: number,
    body: Buffer,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): ProviderError | undefined;
}

export interface EncodeTarget {
  readonly model: string;
  /** Named deviations of a provider from its protocol, see providers/quirks.ts. */
  readonly quirks: Readonly<Quirks>;
  /** What the model can give at most, for protocols that insist on a limit (Anthropic). */
  readonly maxOutputTokens?: number;
}

/** Every deviation that a provider of an OpenAI-like protocol may have, by name. Undefined: as the protocol says. */
export interface Quirks {
  /** `max_tokens` instead of `max_completion_tokens`. */
  readonly maxTokensField?: 'max_tokens' | 'max_completion_tokens';
  /** Role `developer` is not known: send `system`. */
  readonly noDeveloperRole?: boolean;
  readonly noJsonSchema?: boolean;
  /** `response_format: json_object` is refused: the schema of any object says the same (LM Studio). */
  readonly noJsonObject?: boolean;
  /** `tool_choice` is one of its words, never the name of a tool: that tool is offered alone (LM Studio). */
  readonly noNamedToolChoice?: boolean;
  readonly noStreamUsage?: boolean;
  readonly noParallelToolCalls?: boolean;
  readonly noSeed?: boolean;
  readonly noLogprobs?: boolean;
  readonly noImageUrls?: boolean;
  readonly noStop?: boolean;
  readonly noPenalties?: boolean;
  readonly topK?: boolean;
  /** The field the model's thinking comes in: `reasoning` (Groq, OpenRouter), `reasoning_content` (xAI, DeepSeek...), parts (Mistral). */
  readonly reasoningField?: 'reasoning' | 'reasoning_content' | 'parts';
  /** How a wish for reasoning is written. */
  readonly reasoningWish?: 'reasoning_effort' | 'reasoning-object' | 'none';
  /** Reasoning tokens stand outside completion_tokens (xAI). */
  readonly reasoningOutsideOutput?: boolean;
  /** `seed` is called `random_seed` (Mistral). */
  readonly randomSeed?: boolean;
  /** `tool_choice: "required"` is called `any` (Mistral). */
  readonly requiredIsAny?: boolean;
  /** Structured output by `response_format` is not there: a forced tool is used instead. */
  readonly schemaByTool?: boolean;
  /** How marks of a prefix to cache are written. Undefined: not at all, the provider finds its prefixes by itself. */
  readonly cacheMarks?: 'cache_control' | 'prompt_cache_breakpoint';
  /** Tools with free text as input are known (OpenAI). Undefined: they become functions with one text argument. */
  readonly customTools?: boolean;
  /** Call ids must be nine letters and digits (Mistral). */
  readonly nineLetterCallIds?: boolean;
  /** `reasoning_details` with signatures are taken back (OpenRouter). */
  readonly reasoningDetails?: boolean;
  /** The efforts that the provider knows; another one becomes the nearest. Undefined: all of them. */
  readonly efforts?: readonly NonNullable<ReasoningWish['effort']>[];
  /** Content of several texts must be one string. */
  readonly joinedText?: boolean;
  /** Files: by URL too, in `file_data` (OpenRouter), or all of them as `document_url` (Mistral). Undefined: bytes only. */
  readonly files?: 'url-in-file-data' | 'document_url';
  /** A tool's result may hold images. Undefined: they move to a user message behind the results. */
  readonly imagesInToolResults?: boolean;
  /** `tool_choice` with `allowed_tools` is known (OpenAI). Undefined: the other tools are left out of the request. */
  readonly allowedTools?: boolean;
  /**
   * Fields that OpenAI added and strict servers refuse are taken: `prompt_cache_key`, `prompt_cache_retention`,
   * `safety_identifier`, `verbosity`, `service_tier`. Undefined: left out.
   */
  readonly openAiFields?: boolean;
  /** Instructions stand before everything else, in one message (templates of local models); later ones are told by the user. */
  readonly leadingSystemOnly?: boolean;
  /** Request fields by their names on the wire that the provider refuses: left out, with a warning. */
  readonly refusedFields?: readonly string[];
  /** Claude: thinking is asked for with a budget of tokens (up to 4.5), or left to the model with an effort (later ones). */
  readonly thinkingStyle?: 'budget' | 'adaptive';
  /** temperature, top_p and top_k are refused (Claude after Opus 4.6). */
  readonly noSampling?: boolean;
  /** temperature and top_p are refused together (Claude 4.1 and 4.5). */
  readonly oneSampling?: boolean;
  /** Responses: tools are functions of one name; free-text tools and namespaces are folded into those. */
  readonly flatTools?: boolean;
  /** What it refuses in calls of its own protocol, whose bytes pass. The other quirks are for translated calls. */
  readonly refusals?: Refusals;
}

export interface EncodedRequest {
  readonly body: Buffer;
  /** Headers the protocol needs beside authentication, e.g. `anthropic-version`. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AnswerStreamDecoder {
  /** Bytes as received, split anywhere. */
  push(chunk: Buffer): readonly AnswerEvent[];
  /** The upstream ended. `complete` false: cut, malformed, or no finish reason: the caller raises it. */
  end(): {
    readonly events: readonly AnswerEvent[];
    readonly complete: boolean;
    readonly problem?: string;
    readonly usage?: Usage;
    readonly providerCostNano?: number;
  };
}
