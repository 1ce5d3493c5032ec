import type { RequestView } from '../../contract-views.ts';
import { isOpen, isProblem } from '../../request/request-words.ts';

export type FeedFilter = 'all' | 'open' | 'problems';

export function filterFeed(requests: readonly RequestView[], filter: FeedFilter): readonly RequestView[] {
  if (filter === 'open') return requests.filter(isOpen);
  if (filter === 'problems') return requests.filter(isProblem);
  return requests;
}
