/** The pieces that messages and answers are made of. */
import type { CacheMark } from './call.ts';
import type { JsonObject } from './json.ts';
import type { Protocol } from './protocol.ts';

export type Part =
  | TextPart
  | ImagePart
  | FilePart
  | AudioPart
  | ReasoningPart
  | RefusalPart
  | ToolCallPart
  | ToolResultPart
  | ForeignPart;

export interface TextPart {
  readonly kind: 'text';
  readonly text: string;
  readonly cache?: CacheMark;
  readonly citations?: readonly Citation[];
}

/** Bytes inline, a URL that the provider fetches, or a file the provider already holds. */
export type MediaSource =
  | { readonly kind: 'base64'; readonly mediaType: string; readonly data: string }
  | { readonly kind: 'url'; readonly url: string; readonly mediaType?: string }
  /** `mediaType` where the protocol gives it beside the id (Gemini). */
  | { readonly kind: 'file-id'; readonly id: string; readonly protocol: Protocol; readonly mediaType?: string };

export interface ImagePart {
  readonly kind: 'image';
  readonly source: MediaSource;
  readonly detail?: 'low' | 'high' | 'auto' | 'original';
  readonly cache?: CacheMark;
}

/** PDF and other documents; plain-text documents carry `text` instead of a source. */
export interface FilePart {
  readonly kind: 'file';
  readonly source?: MediaSource;
  readonly text?: string;
  readonly name?: string;
  readonly title?: string;
  readonly context?: string;
  /** Anthropic: citations asked for on this document. */
  readonly citations?: boolean;
  readonly cache?: CacheMark;
}

export interface AudioPart {
  readonly kind: 'audio';
  readonly source: MediaSource;
  /** What was said, where the protocol gives it. */
  readonly transcript?: string;
}

/**
 * The model's thinking. A signature proves it to the provider that wrote it and to no other: `origin` says who that is,
 * and a foreign one is left out with a warning when encoding.
 */
export interface ReasoningPart {
  readonly kind: 'reasoning';
  readonly text: string;
  /** Text that is a summary and not the thinking itself. */
  readonly summary?: boolean;
  /** Opaque: Anthropic's signature, Gemini's thoughtSignature, Responses' encrypted_content. */
  readonly signature?: string;
  /** True: there is no readable text, `signature` holds the encrypted block. */
  readonly redacted?: boolean;
  readonly id?: string;
  readonly origin?: Protocol;
}

export interface RefusalPart {
  readonly kind: 'refusal';
  readonly text: string;
}

export interface ToolCallPart {
  readonly kind: 'tool-call';
  readonly id: string;
  readonly name: string;
  readonly namespace?: string;
  /** JSON text exactly as the model wrote it (big integers kept); for `custom` tools free text. */
  readonly arguments: string;
  readonly custom?: boolean;
  /** Gemini's thoughtSignature on the call, which must come back. */
  readonly signature?: string;
  readonly origin?: Protocol;
  readonly cache?: CacheMark;
}

export interface ToolResultPart {
  readonly kind: 'tool-result';
  readonly callId: string;
  /** Gemini needs it; decoders that have no name look it up in the calls before. */
  readonly name?: string;
  readonly parts: readonly Part[];
  readonly isError?: boolean;
  readonly custom?: boolean;
  readonly cache?: CacheMark;
}

/** Something only its own protocol can say (server tool use, search results ...). Kept as it came; others drop it with a warning. */
export interface ForeignPart {
  readonly kind: 'foreign';
  readonly protocol: Protocol;
  readonly type: string;
  readonly raw: JsonObject;
}

export interface Citation {
  readonly url?: string;
  readonly title?: string;
  /** The words cited. */
  readonly text?: string;
  /** Character range in the answer's text, where known. */
  readonly start?: number;
  readonly end?: number;
  readonly raw?: JsonObject;
}
