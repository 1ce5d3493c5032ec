/**
 * A call: what a client asks, in no protocol's words. Every protocol decodes its requests to this and encodes this to its
 * requests, so that any client protocol reaches any provider. What a field's absence means is "the client did not say":
 * no default is ever filled in here. Order is meaning: messages, parts, tools stay in the order they came in.
 */
import type { JsonObject } from './json.ts';
import type { Part } from './part.ts';
import type { Protocol } from './protocol.ts';

export interface Call {
  /** As the client named it. */
  readonly model: string;
  readonly stream: boolean;
  /** System and developer text stands among the messages, in its place, as its own messages. */
  readonly messages: readonly Message[];
  readonly tools: readonly Tool[];
  readonly toolChoice?: ToolChoice;
  /** The client offered its tools as OpenAI's `functions` of 2023, and reads calls as `function_call`. */
  readonly legacyFunctions?: boolean;
  /** False: at most one tool call an answer. */
  readonly parallelToolCalls?: boolean;
  readonly output?: OutputFormat;
  readonly reasoning?: ReasoningWish;
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly stop?: readonly string[];
  /** A JSON number as it was written: seeds exceed 2^53 in the wild. */
  readonly seed?: string;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  /** How many answers. */
  readonly choices?: number;
  readonly logprobs?: { readonly top?: number };
  /** An opaque id of the end user, as the client gave it. */
  readonly user?: string;
  readonly serviceTier?: string;
  readonly verbosity?: 'low' | 'medium' | 'high';
  /** A provider-side cache key (OpenAI's prompt_cache_key). */
  readonly cacheKey?: string;
  /** Free key-value tags of the client. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Request fields that only the client's own protocol knows. Every other encoder leaves them out, each with `dropped_<field>`. */
  readonly foreign?: ForeignFields;
}

export interface ForeignFields {
  readonly protocol: Protocol;
  /** As they came, under their names on the wire. */
  readonly fields: JsonObject;
  /** More of them, of no consequence to the answer (`store`, `include` ...): left out without a word. */
  readonly quiet?: JsonObject;
}

export interface Message {
  /** A tool's results stand in a message of role `tool`, whatever the protocol wraps them in. */
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
  readonly parts: readonly Part[];
  readonly name?: string;
}

/** Marks the end of a prefix that the provider should cache. */
export interface CacheMark {
  readonly ttl?: '5m' | '1h';
}

export interface Tool {
  /**
   * `function`: JSON arguments by a schema. `custom`: free text, perhaps by a grammar (Codex's apply_patch).
   * `provider`: run by the provider itself (web search ...), which only the same protocol can express.
   */
  readonly kind: 'function' | 'custom' | 'provider';
  readonly name: string;
  /** Codex groups tools in namespaces; outward they are flattened to one name, inward restored (see tool-names.ts). */
  readonly namespace?: string;
  /** What the whole group is for. */
  readonly namespaceDescription?: string;
  readonly description?: string;
  readonly schema?: JsonObject;
  readonly strict?: boolean;
  /** kind custom: the grammar as the protocol writes it. kind provider: the whole tool as it came. */
  readonly raw?: JsonObject;
  /** Whose words `raw` is in. */
  readonly origin?: Protocol;
  readonly cache?: CacheMark;
}

export type ToolChoice =
  | { readonly kind: 'auto' | 'none' | 'required' }
  | { readonly kind: 'tool'; readonly name: string; readonly namespace?: string }
  /** Only these; `required` says whether one of them must be called. */
  | { readonly kind: 'allowed'; readonly names: readonly string[]; readonly required: boolean };

export type OutputFormat =
  | { readonly kind: 'text' }
  | { readonly kind: 'json' }
  | {
      readonly kind: 'schema';
      readonly schema: JsonObject;
      readonly name?: string;
      readonly description?: string;
      readonly strict?: boolean;
    };

/** How much the model should think. Each provider understands one of the ways; the encoders convert with a warning. */
export interface ReasoningWish {
  readonly effort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max';
  readonly budgetTokens?: number;
  /** Anthropic's `adaptive`: the model decides. */
  readonly adaptive?: boolean;
  /** False: thinking is switched off explicitly. */
  readonly enabled?: boolean;
  /** The client wants to see (a summary of) the thinking. */
  readonly summary?: 'auto' | 'concise' | 'detailed' | 'none';
}
