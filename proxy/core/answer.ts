/** What a model gave back, in no protocol's words: whole, or as a stream of part events. */
import type { FinishReason } from './finish-reason.ts';
import type { JsonObject } from './json.ts';
import type { Citation, Part } from './part.ts';
import type { Protocol } from './protocol.ts';
import type { Usage } from './usage.ts';

export interface Answer {
  readonly id?: string;
  readonly model?: string;
  readonly choices: readonly AnswerChoice[];
  readonly usage?: Usage;
  /** What the provider says it charged, in nano-dollars. */
  readonly providerCostNano?: number;
  /** Seconds since 1970, as the provider said. */
  readonly created?: number;
}

export interface AnswerChoice {
  readonly index: number;
  readonly parts: readonly Part[];
  /** Undefined: the provider did not say, which is an error for the caller to raise. */
  readonly finishReason?: FinishReason;
  /** The sequence that stopped it, where the provider tells. */
  readonly stopSequence?: string;
  /** OpenAI's logprobs object as it came. */
  readonly logprobs?: JsonObject;
}

/**
 * One step of a streamed answer. `block` numbers the parts of a choice in order, from 0; a block's deltas come between its
 * start and its end, and blocks may interleave (parallel tool calls). Decoders emit every start and end, also where the
 * wire leaves them out; encoders may rely on that.
 */
export type AnswerEvent =
  | { readonly type: 'start'; readonly id?: string; readonly model?: string; readonly created?: number }
  | { readonly type: 'block-start'; readonly choice: number; readonly block: number; readonly part: BlockHead }
  | { readonly type: 'text'; readonly choice: number; readonly block: number; readonly text: string }
  | { readonly type: 'arguments'; readonly choice: number; readonly block: number; readonly json: string }
  | { readonly type: 'signature'; readonly choice: number; readonly block: number; readonly signature: string }
  | { readonly type: 'citation'; readonly choice: number; readonly block: number; readonly citation: Citation }
  | { readonly type: 'logprobs'; readonly choice: number; readonly logprobs: JsonObject }
  | { readonly type: 'block-end'; readonly choice: number; readonly block: number }
  | {
      readonly type: 'finish';
      readonly choice: number;
      readonly finishReason: FinishReason;
      readonly stopSequence?: string;
    }
  /** Totals so far, as the provider counts them: the latest of each bucket wins. */
  | { readonly type: 'usage'; readonly usage: Usage; readonly providerCostNano?: number }
  /** The provider failed in the middle. Nothing comes after. */
  | { readonly type: 'error'; readonly error: AnswerError };

/** What is known of a part when it begins; its text and arguments follow as deltas. */
export type BlockHead =
  | { readonly kind: 'text' }
  | {
      readonly kind: 'reasoning';
      readonly redacted?: boolean;
      readonly summary?: boolean;
      readonly id?: string;
      /** Who can check the signature that follows. */
      readonly origin?: Protocol;
    }
  | { readonly kind: 'refusal' }
  | {
      readonly kind: 'tool-call';
      readonly id: string;
      readonly name: string;
      readonly namespace?: string;
      readonly custom?: boolean;
      /** Who can check the signature that follows (Gemini signs calls). */
      readonly origin?: Protocol;
    }
  /** Whole at once: images a model made, server tool blocks ... */
  | { readonly kind: 'whole'; readonly part: Part };

export interface AnswerError {
  readonly message: string;
  readonly code?: string;
  readonly type?: string;
  readonly status?: number;
}
