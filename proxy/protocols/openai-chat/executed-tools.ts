/**
 * Tools that Groq ran by itself (`executed_tools` of a message or a delta), by the piece at prices of their own. A stream
 * names each one twice, when it begins and when it ends.
 */
import { asObject, asText } from '../../core/json-value.ts';
import type { ExtraCounts, Usage } from '../../core/usage.ts';
import { reportedExtras } from '../extra-counts.ts';

export class ExecutedTools {
  readonly #isSearch = new Map<string, boolean>();

  /** `message`: of one choice, whole or a piece. */
  note(message: Readonly<Record<string, unknown>> | undefined, choice: number): void {
    const list = message?.executed_tools;
    if (!Array.isArray(list)) return;
    list.forEach((entry, place) => {
      const tool = asObject(entry);
      const index = typeof tool?.index === 'number' ? tool.index : place;
      this.#isSearch.set(`${choice} ${index}`, asText(tool?.type)?.includes('search') === true);
    });
  }

  /** The usage with these counts in it; a usage nobody reported stays so when there are none. */
  addTo(usage: Usage | undefined): Usage | undefined {
    if (this.#isSearch.size === 0) return usage;
    return { ...usage, ...this.#counts() };
  }

  #counts(): ExtraCounts {
    const searches = [...this.#isSearch.values()].filter((isSearch) => isSearch).length;
    return reportedExtras({ webSearches: searches, otherToolUses: this.#isSearch.size - searches });
  }
}
