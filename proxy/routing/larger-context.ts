/** Where a call can go that its target says does not fit: models with more room. Pure. */
import { contextRoom } from './context-room.ts';
import type { Gate } from './eligibility.ts';
import type { IndexedTarget, ModelIndex } from './model-index.ts';
import { rankTargets, type ScoreFacts } from './score.ts';
import { candidateOf } from './stage.ts';
import { otherTiers } from './tiers.ts';
import type { CallShape, Candidate } from './types.ts';

const SIBLINGS_MAX = 3;
/** An estimate from bytes may be off by this factor. */
const ESTIMATE_FACTOR = 2;
/** A call shorter than this overflows no model of today. */
const OVERFLOW_TOKENS_LEAST = 4_000;

/**
 * The best three, the same family first; of a forced target only its family at its own provider. None for a call that
 * cannot overflow, since looking for them takes as long as the rest of the decision.
 */
export function largerSiblings(
  first: IndexedTarget,
  forced: boolean,
  index: ModelIndex,
  gate: Gate,
  facts: Omit<ScoreFacts, 'likeTo'>,
): readonly Candidate[] {
  const { shape } = facts;
  if (!mayOverflow(shape, first)) return [];
  const room = contextRoom(first.info) ?? 0;
  const family = first.info?.family;
  const relatives = family === undefined ? [] : index.family(family);
  const fits = (target: IndexedTarget) =>
    target.endpoint !== first.endpoint && roomOf(target) > room && gate.check(target, false) === undefined;
  if (forced)
    return found(relatives.filter(({ provider }) => provider === first.provider).filter(fits), [], first, facts);
  const { tier } = first;
  const tiers = tier === undefined ? [] : [tier, ...otherTiers(tier)];
  for (const next of tiers) {
    const strangers = index.pool(next).filter(fits);
    if (strangers.length > 0) return found(relatives.filter(fits), strangers, first, facts);
  }
  return found(relatives.filter(fits), [], first, facts);
}

function found(
  relatives: readonly IndexedTarget[],
  strangers: readonly IndexedTarget[],
  likeTo: IndexedTarget,
  facts: Omit<ScoreFacts, 'likeTo'>,
): readonly Candidate[] {
  const known = new Set(relatives.map(({ endpoint }) => endpoint));
  const others = strangers.filter(({ endpoint }) => !known.has(endpoint));
  const ranked = [...rankTargets(relatives, { ...facts, likeTo }), ...rankTargets(others, { ...facts, likeTo })];
  return ranked
    .slice(0, SIBLINGS_MAX)
    .map(({ target, score }) => candidateOf(target, score, 'larger_context', facts.shape));
}

function mayOverflow(shape: CallShape, { info }: IndexedTarget): boolean {
  const { inputTokensEstimate, inputTokensMax, maxOutputTokens = 0 } = shape;
  if (inputTokensEstimate < OVERFLOW_TOKENS_LEAST) return false;
  const room = contextRoom(info);
  const most = inputTokensMax ?? inputTokensEstimate * ESTIMATE_FACTOR;
  return room === undefined || most + maxOutputTokens > room;
}

/** Unknown room is none to rely on; a window that is sold on demand has no known end. */
function roomOf({ info }: IndexedTarget): number {
  if (info?.contextTokens === undefined) return 0;
  return contextRoom(info) ?? Number.POSITIVE_INFINITY;
}
