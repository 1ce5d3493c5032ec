/** Which requests on record are asked for. What is left out does not narrow. */
import { z } from 'zod';
import { usageFilters } from './usage.ts';
import { requestState } from './views.ts';

const instantMs = z.int().min(0).max(8_640_000_000_000_000);

export const requestFilter = z.object({
  /** By model, provider, access key, project, client and so on. */
  filters: usageFilters.optional(),
  states: z.array(requestState).min(1).optional(),
  /** Of the start: from this instant on, and before that one. */
  fromMs: instantMs.optional(),
  toMs: instantMs.optional(),
});
export type RequestFilter = z.infer<typeof requestFilter>;
