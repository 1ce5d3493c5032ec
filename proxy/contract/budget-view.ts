/** A budget as it stands in its present window. */
import { z } from 'zod';
import { budgetWindow } from './config/words.ts';
import { nanoUsd } from './money.ts';

export const budgetView = z.object({
  id: z.string(),
  scope: z.string(),
  window: budgetWindow,
  limitNano: nanoUsd,
  spentNano: nanoUsd,
  heldNano: nanoUsd,
  /** The rest after spent and held, never below 0. */
  leftNano: nanoUsd,
  windowStartMs: z.int(),
  /** Undefined for `total`, which never resets. */
  resetsAtMs: z.int().optional(),
});
export type BudgetView = z.infer<typeof budgetView>;
