/** What an access key may do, in words. Pure. */
import type { KeyRights, Mode, Tier } from '../../../../proxy/contract/config.ts';
import { rateWords } from '../budgets/rate-limit-draft.ts';

export const TIER_CHOICES: readonly { readonly value: Tier; readonly label: string }[] = [
  { value: 'economy', label: 'Economy' },
  { value: 'standard', label: 'Standard' },
  { value: 'premium', label: 'Premium' },
];

export const MODE_CHOICES: readonly { readonly value: Mode; readonly label: string }[] = [
  { value: 'cheap', label: 'Cheap' },
  { value: 'quality', label: 'Quality' },
  { value: 'latency', label: 'Latency' },
  { value: 'privacy', label: 'Privacy' },
  { value: 'code', label: 'Code' },
];

/** One part a limit, apart from the cap, which is shown with what is used of it. */
export function rightsWords(rights: KeyRights | undefined): readonly string[] {
  if (rights === undefined) return [];
  const { models, maxTier, mode, loopGuard } = rights;
  const rates = rateWords(rights);
  return [
    ...(models === undefined ? [] : [modelsWords(models)]),
    ...(maxTier === undefined ? [] : [`up to ${maxTier}`]),
    ...(mode === undefined ? [] : [`mode ${mode}`]),
    ...(rates === '' ? [] : [rates]),
    ...(loopGuard === undefined ? [] : [loopGuard === false ? 'no loop guard' : 'own loop guard']),
  ];
}

function modelsWords(models: readonly string[]): string {
  const [first = '', ...others] = models;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
