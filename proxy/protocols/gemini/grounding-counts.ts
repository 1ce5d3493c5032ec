/**
 * What an answer was grounded on, as Google bills it: up to Gemini 2.5 once a prompt that was searched for, from Gemini 3 on
 * every different query; empty queries are free. Google Maps is billed once a prompt, at a price that no source tells.
 */
import type { JsonObject } from '../../core/json.ts';
import type { ExtraCounts } from '../../core/usage.ts';
import { reportedExtras } from '../extra-counts.ts';
import { generationOf } from './models.ts';
import { asJsonObject, listField, objectField } from './wire.ts';

export class GroundingCounts {
  readonly #queries = new Set<string>();
  #usesMaps = false;

  /** Streams repeat what they said, or say it in a late chunk. */
  note(candidate: JsonObject | undefined): void {
    const grounding = objectField(candidate, 'groundingMetadata');
    if (grounding === undefined) return;
    for (const query of listField(grounding, 'webSearchQueries')) {
      if (typeof query === 'string' && query.trim() !== '') this.#queries.add(query);
    }
    this.#usesMaps ||= listField(grounding, 'groundingChunks').some(
      (chunk) => objectField(asJsonObject(chunk), 'maps') !== undefined,
    );
  }

  /** `model`: as the answer names it. One that says no version is taken for the newest. */
  counts(model: string | undefined): ExtraCounts {
    const { version } = generationOf(model ?? '');
    const oncePerPrompt = version !== undefined && version < 3;
    return reportedExtras({
      webSearches: oncePerPrompt ? Math.min(this.#queries.size, 1) : this.#queries.size,
      otherToolUses: this.#usesMaps ? 1 : 0,
    });
  }
}
