/** The thresholds of the loop guard as a person types them: of all calls here, of one access key there. Pure. */
import type { z } from 'zod';
import { LOOP_GUARD_DEFAULT, loopGuardThresholds } from '../../../../proxy/contract/config.ts';
import { numberTyped, type TypedNumber, wholeNumberProblem } from './typed-number.ts';

/** As the config has them: one left out follows the default. */
export type Thresholds = z.infer<typeof partialThresholds>;
const partialThresholds = loopGuardThresholds.partial();

export const THRESHOLD_FIELDS = ['identicalCalls', 'windowSeconds', 'toolCycles'] as const;
export type ThresholdField = (typeof THRESHOLD_FIELDS)[number];

/** An empty number follows the default. */
export interface ThresholdDraft extends Record<ThresholdField, TypedNumber> {
  readonly everyCall: boolean;
}

export type ThresholdProblems = { readonly [Field in ThresholdField]?: string };

const BOUNDS: Record<ThresholdField, readonly [min: number, max: number]> = {
  identicalCalls: [2, 10_000],
  windowSeconds: [1, 3_600],
  toolCycles: [2, 1_000],
};

export function thresholdDraftOf(set: Thresholds): ThresholdDraft {
  return {
    identicalCalls: set.identicalCalls ?? '',
    windowSeconds: set.windowSeconds ?? '',
    toolCycles: set.toolCycles ?? '',
    everyCall: set.everyCall ?? LOOP_GUARD_DEFAULT.everyCall,
  };
}

export function thresholdProblems(draft: ThresholdDraft): ThresholdProblems {
  return Object.fromEntries(
    THRESHOLD_FIELDS.flatMap((field) => {
      const problem = wholeNumberProblem(draft[field], ...BOUNDS[field]);
      return problem === undefined ? [] : [[field, problem] as const];
    }),
  );
}

/** Only what differs from the default is written down. */
export function thresholdsOf(draft: ThresholdDraft): Thresholds {
  const numbers = THRESHOLD_FIELDS.flatMap((field) => {
    const value = numberTyped(draft[field]);
    return value === undefined || value === LOOP_GUARD_DEFAULT[field] ? [] : [[field, value] as const];
  });
  return partialThresholds.parse({
    ...Object.fromEntries(numbers),
    ...(draft.everyCall === LOOP_GUARD_DEFAULT.everyCall ? {} : { everyCall: draft.everyCall }),
  });
}
