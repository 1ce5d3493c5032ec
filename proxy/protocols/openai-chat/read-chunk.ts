/** One parsed chunk of a stream, read for what the observer keeps. Loose: unknown fields pass, wrong types are nothing. */

import { asObject, asText, type JsonObject } from '../../core/json-value.ts';
import type { Usage } from '../../core/usage.ts';
import type { ProviderError } from '../codec.ts';
import { providerCostNano } from '../extra-counts.ts';
import { contentOf } from './content.ts';
import { toProviderError } from './provider-error.ts';
import { toUsage } from './usage.ts';

export interface ChoiceStep {
  readonly index: number;
  readonly finishReason: string | undefined;
  readonly hasContent: boolean;
  /** UTF-8 bytes of text in the delta. */
  readonly textBytes: number;
  /** The delta itself, where it tells of tools that the provider ran. */
  readonly ranTools: JsonObject | undefined;
}

export interface ChunkFacts {
  readonly model: string | undefined;
  readonly usage: Usage | undefined;
  readonly providerCostNano: number | undefined;
  readonly error: ProviderError | undefined;
  readonly choices: readonly ChoiceStep[];
  /** `choices: []` with usage: there only because usage was asked for. */
  readonly usageOnly: boolean;
  readonly padded: boolean;
}

/** Undefined when the value is not a JSON object: no chunk of this protocol. */
export function readChunk(value: unknown, isErrorEvent: boolean): ChunkFacts | undefined {
  const error = toProviderError(value, isErrorEvent);
  const chunk = asObject(value);
  if (chunk === undefined && error === undefined) return undefined;
  const list = chunk?.choices;
  const choices = Array.isArray(list) ? list : [];
  // Groq repeats its usage under x_groq, and older models send it only there.
  const usage = toUsage(chunk?.usage) ?? toUsage(asObject(chunk?.x_groq)?.usage);
  return {
    model: asText(chunk?.model),
    usage,
    providerCostNano: usage === undefined ? undefined : providerCostNano(chunk?.usage),
    error,
    choices: choices.flatMap((choice, place) => readChoice(asObject(choice), place)),
    usageOnly: Array.isArray(list) && list.length === 0 && usage !== undefined,
    padded: typeof chunk?.obfuscation === 'string',
  };
}

function readChoice(choice: JsonObject | undefined, place: number): ChoiceStep[] {
  if (choice === undefined) return [];
  const delta = asObject(choice.delta) ?? asObject(choice.message);
  const index = choice.index;
  const content = contentOf(delta);
  // Together sends its old `text` beside the delta; the old completions have nothing else.
  const text = asText(choice.text);
  return [
    {
      index: typeof index === 'number' && Number.isInteger(index) ? index : place,
      finishReason: asText(choice.finish_reason),
      hasContent: content.present || text !== undefined,
      textBytes: delta === undefined ? Buffer.byteLength(text ?? '') : content.textBytes,
      ranTools: delta?.executed_tools === undefined ? undefined : delta,
    },
  ];
}
