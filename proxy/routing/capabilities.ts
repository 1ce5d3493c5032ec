/** What models can do beside text in and text out, as sets of bits: hundreds are compared with a call in one decision. */
import type { ExclusionReason } from '../contract/routes.ts';
import type { ModelInfo } from '../providers/types.ts';
import type { CallNeeds } from './types.ts';

export interface Capabilities {
  /** Needs that the model is known not to meet. */
  readonly lacking: number;
  /** Needs of which nobody knows. */
  readonly unknown: number;
}

interface Need {
  readonly need: keyof CallNeeds;
  readonly bit: number;
  readonly reason: ExclusionReason;
  readonly meets: (info: ModelInfo) => boolean | undefined;
}

const takes =
  (...names: readonly string[]) =>
  ({ inputModalities }: ModelInfo): boolean | undefined =>
    inputModalities === undefined ? undefined : names.some((name) => inputModalities.includes(name));

/** The order is that in which a reason is told. */
const NEEDS: readonly Need[] = [
  { need: 'tools', bit: 1, reason: 'no_tools', meets: ({ tools }) => tools },
  { need: 'images', bit: 2, reason: 'no_images', meets: takes('image') },
  { need: 'audio', bit: 4, reason: 'no_audio', meets: takes('audio') },
  { need: 'documents', bit: 8, reason: 'no_documents', meets: takes('pdf', 'file', 'document') },
  {
    need: 'structuredOutput',
    bit: 16,
    reason: 'no_structured_output',
    meets: ({ structuredOutput }) => structuredOutput,
  },
];

/** Held against a forced target, too: some servers drop images, and ignore tools, without a word. */
export const HELD_AGAINST_FORCED = 1 | 2;

export function capabilitiesOf(info: ModelInfo | undefined): Capabilities {
  let lacking = 0;
  let unknown = 0;
  for (const { bit, meets } of NEEDS) {
    const answer = info === undefined ? undefined : meets(info);
    if (answer === undefined) unknown |= bit;
    else if (!answer) lacking |= bit;
  }
  return { lacking, unknown };
}

export function needBits(needs: CallNeeds): number {
  return NEEDS.reduce((bits, { need, bit }) => (needs[need] ? bits | bit : bits), 0);
}

/** Of several, the first in the order above. */
export function lackReason(bits: number): ExclusionReason | undefined {
  return NEEDS.find(({ bit }) => (bits & bit) !== 0)?.reason;
}

export function countBits(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}
