/** What a person types into the form of an access key, checked, and turned into what the key may do. Pure. */
import {
  type BudgetWindow,
  type KeyRights,
  keyRights,
  type Mode,
  type Tier,
} from '../../../../proxy/contract/config.ts';
import { projectId } from '../../../../proxy/contract/ids.ts';
import { firstProblem } from '../../format/first-problem.ts';
import { limitProblem } from '../budgets/budget-draft.ts';
import type { OnLimit } from '../budgets/limit-words.ts';
import { type ThresholdDraft, thresholdDraftOf, thresholdProblems, thresholdsOf } from '../budgets/loop-guard-draft.ts';
import { RATE_FIELDS, type RateField } from '../budgets/rate-limit-draft.ts';
import { numberTyped, type TypedNumber, wholeNumberProblem } from '../budgets/typed-number.ts';

export interface KeyDraft extends Record<RateField, TypedNumber> {
  readonly project: string;
  readonly models: readonly string[];
  readonly maxTier: Tier | undefined;
  readonly mode: Mode | undefined;
  /** Empty: no cap. */
  readonly capUsd: TypedNumber;
  readonly capWindow: BudgetWindow;
  readonly capOnLimit: OnLimit;
  /** As a datetime-local field has it, in the zone of this machine; empty: it never ends. */
  readonly expires: string;
  readonly loopGuard: 'as-all' | 'off' | 'own';
  readonly thresholds: ThresholdDraft;
}

export type KeyProblems = {
  readonly [Field in RateField | 'project' | 'models' | 'capUsd' | 'expires' | 'thresholds']?: string;
};

export function keyDraftOf(project: string | undefined, rights: KeyRights | undefined): KeyDraft {
  const guard = rights?.loopGuard;
  return {
    project: project ?? '',
    models: rights?.models ?? [],
    maxTier: rights?.maxTier,
    mode: rights?.mode,
    requestsPerMinute: rights?.requestsPerMinute ?? '',
    tokensPerMinute: rights?.tokensPerMinute ?? '',
    concurrency: rights?.concurrency ?? '',
    capUsd: rights?.cap?.limitUsd ?? '',
    capWindow: rights?.cap?.window ?? 'month',
    capOnLimit: rights?.cap?.onLimit ?? 'block',
    expires: rights?.expiresAt === undefined ? '' : localTextOf(Date.parse(rights.expiresAt)),
    loopGuard: guard === undefined ? 'as-all' : guard === false ? 'off' : 'own',
    thresholds: thresholdDraftOf(guard === undefined || guard === false ? {} : guard),
  };
}

/** `before`: what the key has now, whose end may be over already. */
export function keyProblems(draft: KeyDraft, nowMs: number, before: KeyDraft | undefined): KeyProblems {
  const project = draft.project.trim() === '' ? undefined : firstProblem(projectId, draft.project.trim());
  const models = draft.models.some((pattern) => pattern.length > 200)
    ? 'A pattern has 200 characters at most'
    : undefined;
  const rates = RATE_FIELDS.flatMap((field) => {
    const problem = wholeNumberProblem(draft[field], 1);
    return problem === undefined ? [] : [[field, problem] as const];
  });
  const capUsd = draft.capUsd === '' ? undefined : limitProblem(draft.capUsd);
  const expires = draft.expires === before?.expires ? undefined : expiryProblem(draft.expires, nowMs);
  const wrongThreshold = draft.loopGuard === 'own' ? Object.values(thresholdProblems(draft.thresholds))[0] : undefined;
  return {
    ...(project === undefined ? {} : { project }),
    ...(models === undefined ? {} : { models }),
    ...Object.fromEntries(rates),
    ...(capUsd === undefined ? {} : { capUsd }),
    ...(expires === undefined ? {} : { expires }),
    ...(wrongThreshold === undefined ? {} : { thresholds: wrongThreshold }),
  };
}

function expiryProblem(text: string, nowMs: number): string | undefined {
  if (text === '') return undefined;
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) return 'Enter a day and a time';
  return atMs <= nowMs ? 'This is over already' : undefined;
}

export interface KeyToSave {
  readonly project?: string;
  readonly policy?: KeyRights;
}

/** Only for a draft without problems. What is left empty is left out, which means that it is not limited. */
export function keyToSave(draft: KeyDraft, rights: KeyRights | undefined): KeyToSave {
  const project = draft.project.trim();
  const policy = keyRights.parse({
    ...(draft.models.length === 0 ? {} : { models: draft.models }),
    ...(draft.maxTier === undefined ? {} : { maxTier: draft.maxTier }),
    ...(draft.mode === undefined ? {} : { mode: draft.mode }),
    ...Object.fromEntries(
      RATE_FIELDS.flatMap((field) => {
        const value = numberTyped(draft[field]);
        return value === undefined ? [] : [[field, value] as const];
      }),
    ),
    ...capOf(draft),
    ...expiryOf(draft, rights?.expiresAt),
    ...loopGuardOf(draft),
  });
  return {
    ...(project === '' ? {} : { project }),
    ...(Object.keys(policy).length === 0 ? {} : { policy }),
  };
}

function capOf({ capUsd, capWindow, capOnLimit }: KeyDraft): Pick<KeyRights, 'cap'> {
  const limitUsd = numberTyped(capUsd);
  return limitUsd === undefined ? {} : { cap: { limitUsd, window: capWindow, onLimit: capOnLimit } };
}

/** An end that nobody touched keeps its seconds and its own offset. */
function expiryOf({ expires }: KeyDraft, before: string | undefined): Pick<KeyRights, 'expiresAt'> {
  if (expires === '') return {};
  if (before !== undefined && localTextOf(Date.parse(before)) === expires) return { expiresAt: before };
  return { expiresAt: new Date(expires).toISOString() };
}

function loopGuardOf({ loopGuard, thresholds }: KeyDraft): Pick<KeyRights, 'loopGuard'> {
  switch (loopGuard) {
    case 'as-all':
      return {};
    case 'off':
      return { loopGuard: false };
    case 'own':
      return { loopGuard: thresholdsOf(thresholds) };
    default:
      return loopGuard satisfies never;
  }
}

/** `2027-01-31T18:00`, on the clock of this machine. */
export function localTextOf(atMs: number): string {
  const at = new Date(atMs);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
