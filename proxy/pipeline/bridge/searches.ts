/** Searches that the provider of a call makes by itself: what is known of them before, and what is assumed after. */
import type { Warning } from '../../core/warnings.ts';
import type { ObservedResult, RequestFacts, StreamObserver } from '../../protocols/codec.ts';
import { DIALECTS } from '../../protocols/dialects.ts';
import type { ModelInfo } from '../../providers/types.ts';
import type { Bridge } from './types.ts';

/**
 * The facts with the searches that the body as sent allows: a search tool of the client's protocol does not come along to
 * another one, and a field that this provider refuses is left out. Only read where the client's own body allows any.
 */
export function factsSent({
  facts,
  protocol,
  request,
}: Pick<Bridge, 'facts' | 'protocol'> & { readonly request: { readonly body: Buffer } }): RequestFacts {
  if (facts.searchesMax === undefined) return facts;
  const { searchesMax: _asked, searchesUntold: _untold, ...others } = facts;
  // No provider searches for a call of Converse.
  if (protocol === 'bedrock-converse') return others;
  const { searchesMax, searchesUntold } = DIALECTS[protocol].codec.inspectRequest(request.body).facts;
  return {
    ...others,
    ...(searchesMax === undefined ? {} : { searchesMax }),
    ...(searchesUntold === undefined ? {} : { searchesUntold }),
  };
}

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
    fail: (error) => observer.fail?.(error),
  };
}
