/** The list of candidates as it grows, one stage of targets after the other. */
import type { ExclusionReason, RouteExclusion } from '../contract/routes.ts';
import type { Gate } from './eligibility.ts';
import { expectedCostNano } from './expected-cost.ts';
import type { IndexedTarget } from './model-index.ts';
import type { Scored } from './score.ts';
import type { CallShape, Candidate } from './types.ts';

/** More are never worth a client's patience; the tries of a request are bounded anyway. */
export const CANDIDATES_MAX = 6;
/** A trace is read by people. */
const EXCLUSIONS_MAX = 50;

/** A target in its place, with its score where one was made. */
export type Placed = Pick<Scored, 'target'> & Partial<Pick<Scored, 'score'>>;

export interface Refusal {
  readonly target: IndexedTarget;
  readonly reason: ExclusionReason;
}

export interface Stages {
  /** Those that may serve the call and are not in the list yet; the others are noted with their reasons. */
  eligible(targets: readonly IndexedTarget[], forced?: boolean): readonly IndexedTarget[];
  add(placed: readonly Placed[], because: string): void;
  isFull(): boolean;
  readonly candidates: readonly Candidate[];
  readonly refused: readonly Refusal[];
  excluded(): readonly RouteExclusion[];
}

export function createStages(shape: CallShape, gate: Gate): Stages {
  const candidates: Candidate[] = [];
  const refused: Refusal[] = [];
  /** Those in the list, and those that were refused. */
  const met = new Set<string>();

  return {
    eligible(targets, forced = false) {
      const passed: IndexedTarget[] = [];
      for (const target of targets) {
        if (met.has(target.endpoint)) continue;
        const reason = gate.check(target, forced);
        if (reason === undefined) passed.push(target);
        else {
          met.add(target.endpoint);
          refused.push({ target, reason });
        }
      }
      return passed;
    },
    add(placed, because) {
      for (const { target, score } of placed) {
        if (candidates.length >= CANDIDATES_MAX) return;
        if (met.has(target.endpoint)) continue;
        met.add(target.endpoint);
        candidates.push(candidateOf(target, score, because, shape));
      }
    },
    isFull: () => candidates.length >= CANDIDATES_MAX,
    candidates,
    refused,
    excluded: () => refused.slice(0, EXCLUSIONS_MAX).map(({ target, reason }) => gate.explain(target, reason)),
  };
}

export function candidateOf(
  target: IndexedTarget,
  score: Scored['score'] | undefined,
  because: string,
  shape: CallShape,
): Candidate {
  const estimatedCostNano = expectedCostNano(shape, target.info);
  return {
    target,
    view: {
      provider: target.scope.provider,
      model: target.modelId,
      ...(target.tier === undefined ? {} : { tier: target.tier }),
      ...(score === undefined ? {} : { score }),
      ...(estimatedCostNano === undefined ? {} : { estimatedCostNano }),
      because,
    },
  };
}
