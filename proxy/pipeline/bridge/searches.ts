/** Searches that the provider of a call makes by itself: what is known of them before, and what is assumed after. */
import type { Warning } from '../../core/warnings.ts';
import type { ObservedResult, RequestFacts, StreamObserver } from '../../protocols/codec.ts';
import type { ModelInfo } from '../../providers/types.ts';

/** Neither the budget nor the charge can hold what has no price: the client is told, and the record. */
export function searchWarnings({ searchesMax = 0 }: RequestFacts, info: ModelInfo | undefined): readonly Warning[] {
  const { price } = info ?? {};
  if (searchesMax === 0 || price === undefined || price.extras?.searchNano !== undefined) return [];
  return [{ code: 'search_price_unknown' }];
}

/** The answer with the searches that it does not count itself. Refusals made none. */
export function withUntoldSearches<Result extends ObservedResult>(
  { searchesUntold = 0 }: RequestFacts,
  observed: Result,
): Result {
  const { usage, error, malformed } = observed;
  if (searchesUntold === 0 || error !== undefined || malformed === true || usage?.webSearches !== undefined)
    return observed;
  return { ...observed, usage: { ...usage, webSearches: searchesUntold }, assumed: true };
}

/** The same observer where nothing is left untold. */
export function observingUntold(facts: RequestFacts, observer: StreamObserver): StreamObserver {
  if (facts.searchesUntold === undefined) return observer;
  return {
    push: (chunk) => observer.push(chunk),
    end() {
      const last = observer.end();
      return { ...last, summary: withUntoldSearches(facts, last.summary) };
    },
    summary: () => withUntoldSearches(facts, observer.summary()),
  };
}
