/** What every protocol's pass-through side offers. Pure: bytes in, bytes and facts out. No I/O, no clock. */
import type { GatehouseError } from '../core/errors.ts';
import type { FinishReason } from '../core/finish-reason.ts';
import type { Usage } from '../core/usage.ts';
import type { Warnings } from '../core/warnings.ts';
import type { RequestMarks } from './request-marks.ts';

/** What the pipeline needs to know of a request; read from the bytes without building the whole object. */
export interface RequestFacts {
  readonly model: string;
  readonly stream: boolean;
  /** The client asked for usage in the stream itself. */
  readonly wantsUsage: boolean;
  /** Under any of the protocol's names; undefined when the client set no limit. */
  readonly maxOutputTokens?: number;
  /** `n`: how many answers are generated (and billed). */
  readonly choices: number;
  /** No tokenizer counts more than this many input tokens (text by UTF-8 bytes, images and files by a documented bound). */
  readonly inputTokensMax: number;
  /** How often the provider may search the web on this request's behalf; undefined: it has not been asked to. */
  readonly searchesMax?: number;
  /** How many of them it makes for certain without the provider's answer counting them. */
  readonly searchesUntold?: number;
  /** Some of the input may be audio, which some models charge at a rate of its own. */
  readonly audio?: true;
  /** Signs that the call may need more than text, or names its own fallbacks. Left out: not looked for, so perhaps. */
  readonly marks?: RequestMarks;
  /** A likely count, for settling calls that reported no usage. */
  readonly inputTokensEstimate: number;
}

export interface RequestEdits {
  /** The name the provider uses for the model. */
  readonly model?: string;
  /** Ask for usage in the stream. */
  readonly includeUsage?: boolean;
  /** The answer is cut to this many tokens at most: lowers what the client allows, under the name it used, and never raises it. */
  readonly maxOutputTokens?: number;
  /** openai-chat, where the client set no limit: which of the two names the provider knows; the newer one when left out. */
  readonly maxTokensField?: 'max_tokens' | 'max_completion_tokens';
  /** What this provider would refuse of its own protocol. */
  readonly refusals?: Refusals;
}

/**
 * Where a provider refuses a call of its own protocol for one field, or would not read a limit, the field is edited in the
 * passed bytes, by name; all else passes as it was written. Only what a provider was seen to refuse, or what its own
 * description has no place for, stands here; of the rest it is for the provider to tell.
 */
export interface Refusals {
  /** Fields that it knows by another name, from the client's to the provider's. Nothing is lost, so nobody is warned. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Fields left out, each with the warning `dropped_<field>`. */
  readonly dropped?: readonly string[];
  /** Messages of role `developer` become `system`. */
  readonly developerRole?: true;
  /** `reasoning_content` of earlier answers, which other providers' clients send back, is left out (`thinking_stripped`). */
  readonly reasoningContent?: true;
  /** `response_format: json_object` becomes the schema of any object (`json_object_as_schema`). */
  readonly jsonObject?: true;
  /** A tool chosen by name becomes the only tool, and one must be called (`tools_narrowed`). */
  readonly namedToolChoice?: true;
}

export interface InspectedRequest {
  readonly facts: RequestFacts;
  /** The same bytes but for the named edits; the very same buffer when nothing changes. What is lost is added to `warnings`. */
  edit(edits: RequestEdits, warnings?: Warnings): Buffer;
}

/** What a provider's error says, in its own words, for records and health; bodies are forwarded as received. */
export interface ProviderError {
  readonly code?: string;
  readonly type?: string;
  readonly message: string;
  readonly status?: number;
}

export interface ObservedResult {
  readonly model?: string;
  readonly usage?: Usage;
  /** Something in `usage` was not told by the provider: the request brings it about, and the answer does not count it. */
  readonly assumed?: true;
  /** What the provider says it charged, in nano-dollars; compared with our own sum, not charged. */
  readonly providerCostNano?: number;
  readonly finishReason?: FinishReason;
  /** A 200 whose body is an error, or an error body. */
  readonly error?: ProviderError;
  /** The body is not the JSON of this protocol (a proxy's HTML page, half a document). */
  readonly malformed?: true;
  /** The answer does not say of every choice why the model stopped, so it may be half of one. Told of translated answers only: others pass as they are. */
  readonly unfinished?: true;
  /** Counted from the answer's text, for results without usage. */
  readonly outputTokensEstimate: number;
}

export interface StreamStep {
  /** Complete frames to pass on, in one buffer; undefined when this chunk completed none. Frames the client must not see are left out. */
  readonly forward?: Buffer;
  /** A part with content (text, reasoning, tool call, refusal, audio) is in `forward` or came before. */
  readonly committed: boolean;
  /** The stream carried an error event in this step: the event itself is the last thing in `forward`, nothing comes after it. */
  readonly error?: ProviderError;
  /** The stream can't be followed any further: nothing more is forwarded, so there is no point in reading on. */
  readonly problem?: 'malformed_frame' | 'frame_too_large';
}

export interface StreamSummary extends ObservedResult {
  /** A finish reason was seen for every choice that began, and nothing was left half. Else the stream was cut or malformed. */
  readonly complete: boolean;
  /** `[DONE]` or the protocol's like was seen. */
  readonly terminated: boolean;
  /** Why `complete` is false, for the in-band error. */
  readonly problem?: 'cut' | 'no_finish_reason' | 'malformed_frame' | 'frame_too_large';
}

/** Reads a same-protocol stream: splits frames, watches usage, finish reason, errors and first content. */
export interface StreamObserver {
  push(chunk: Buffer): StreamStep;
  /** The upstream ended. Returns what is left to forward (the held-back terminator when all is well) and the summary. */
  end(): { readonly forward?: Buffer; readonly summary: StreamSummary };
  /** What is known so far; for aborts. */
  summary(): StreamSummary;
  /**
   * The in-band end of this stream when we end it, for a protocol whose last events tell of those before them (Responses
   * number theirs). Undefined: what `encodeStreamError` writes says it all. Nothing comes after it.
   */
  fail?(error: ProviderError): Buffer | undefined;
}

export interface PassThroughCodec {
  /** Throws GatehouseError invalid_json, invalid_utf8, too_deep or invalid_request. */
  inspectRequest(body: Buffer): InspectedRequest;
  inspectResult(body: Buffer): ObservedResult;
  observeStream(options: { hideUsage: boolean }): StreamObserver;
  /** A whole error answer in the client's envelope. */
  encodeError(error: GatehouseError, requestId: string): Buffer;
  /** The in-band form, for a stream that has begun. */
  encodeStreamError(error: GatehouseError, requestId: string): Buffer;
}
