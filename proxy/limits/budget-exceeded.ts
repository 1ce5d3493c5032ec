/** The refusal a client reads when a call does not fit under a budget: which, how much is left, and what would help. */
import { nanoToUsdString } from '../contract/money.ts';
import type { BudgetView } from '../contract/views.ts';
import { GatehouseError } from '../core/errors.ts';
import { KEY_CAP_PREFIX, scopeInWords } from './scope-words.ts';

export interface BudgetRefusal {
  /** The largest max output tokens that would have fitted; 0: none would. Undefined: nobody worked it out. */
  readonly fitsTokens?: number;
  /** With onLimit clamp: the answer may not be cut to fewer tokens than this. */
  readonly clampFloorTokens?: number;
  /** With onLimit ask: the person said no, did not answer in time, or nobody was there to ask. */
  readonly asked?: 'refused' | 'timed-out' | 'nobody';
  /** With onLimit downgrade: nothing cheaper could serve the call either. */
  readonly nothingCheaper?: boolean;
}

/** 402 with which budget, how much is left, what this call could cost, when it resets, and the remedies there are. */
export function budgetExceeded(
  budget: BudgetView,
  neededNano: number,
  nowMs: number,
  refusal: BudgetRefusal = {},
): GatehouseError {
  const left = nanoToUsdString(budget.leftNano);
  const limit = nanoToUsdString(budget.limitNano);
  const needed = nanoToUsdString(neededNano);
  return new GatehouseError(
    'budget_exceeded',
    [
      `${nameOf(budget)} has $${left} left of $${limit}; this call could cost up to $${needed}.`,
      ...whyNotOtherwise(refusal),
      ...resetWords(budget),
      remedies(budget, refusal),
    ].join(' '),
    {
      facts: {
        budget: budget.id,
        scope: budget.scope,
        window: budget.window,
        limit_usd: limit,
        spent_usd: nanoToUsdString(budget.spentNano),
        held_usd: nanoToUsdString(budget.heldNano),
        left_usd: left,
        needed_usd: needed,
        ...(refusal.fitsTokens === undefined ? {} : { max_tokens_that_fit: refusal.fitsTokens }),
        ...(budget.resetsAtMs === undefined
          ? {}
          : {
              resets_at: new Date(budget.resetsAtMs).toISOString(),
              resets_in_s: Math.ceil((budget.resetsAtMs - nowMs) / 1000),
            }),
      },
    },
  );
}

/** What the ledger calls the wallet where it answers as a budget does. */
const WALLET = 'wallet';

function resetWords({ scope, resetsAtMs }: BudgetView): string[] {
  if (resetsAtMs !== undefined) return [`It resets at ${new Date(resetsAtMs).toISOString()}.`];
  return scope === WALLET ? [] : ['It never resets.'];
}

function nameOf({ id, scope, window }: BudgetView): string {
  if (scope === WALLET) return 'The wallet';
  if (id.startsWith(KEY_CAP_PREFIX)) return `The ${window} cap of access key "${id.slice(KEY_CAP_PREFIX.length)}"`;
  const where = scope === 'global' ? '' : ` of ${scopeInWords(scope)}`;
  return `The ${window} budget "${id}"${where}`;
}

function whyNotOtherwise({ fitsTokens, clampFloorTokens, asked, nothingCheaper }: BudgetRefusal): string[] {
  const said: string[] = [];
  if (clampFloorTokens !== undefined && fitsTokens !== undefined) {
    said.push(
      `Its answer would have to be cut to ${fitsTokens} tokens, which is fewer than the ${clampFloorTokens} that are allowed.`,
    );
  }
  if (nothingCheaper === true) said.push('No cheaper model could serve it either.');
  if (asked !== undefined) said.push(ASKED[asked]);
  return said;
}

const ASKED = {
  refused: 'You were asked and refused it.',
  'timed-out': 'You were asked and did not answer in time.',
  nobody: 'Nobody was there to be asked.',
} as const;

function remedyOf({ id, scope }: BudgetView): string {
  if (scope === WALLET) return 'Add to the wallet in Gatehouse';
  if (id.startsWith(KEY_CAP_PREFIX)) return 'Raise the cap of this access key in Gatehouse';
  return 'Raise the cap in Gatehouse';
}

function remedies(budget: BudgetView, { fitsTokens }: BudgetRefusal): string {
  const ways = [
    remedyOf(budget),
    ...(budget.leftNano === 0 || fitsTokens === 0
      ? []
      : [`send a smaller max_tokens${fitsTokens === undefined ? '' : ` (${fitsTokens} would fit)`}`]),
    ...(budget.leftNano === 0 ? [] : ['ask for a cheaper model']),
    ...(budget.resetsAtMs === undefined ? [] : ['wait for the reset']),
  ];
  const last = ways.length > 1 ? ways.pop() : undefined;
  return last === undefined ? `${ways[0]}.` : `${ways.join(', ')}${ways.length > 1 ? ',' : ''} or ${last}.`;
}
