/** Every labelled prompt. A third is held out: the rules were never tuned on it. */
import { CODE } from './code.ts';
import { EVERYDAY } from './everyday.ts';
import type { LabelledPrompt } from './labelled.ts';
import { SECOND_LOOK } from './second-look.ts';
import { THINKING } from './thinking.ts';
import { THIRD_LOOK } from './third-look.ts';
import { UNSEEN } from './unseen.ts';

const FIRST: readonly LabelledPrompt[] = [...EVERYDAY, ...CODE, ...THINKING];

export const PROMPTS: readonly LabelledPrompt[] = [...FIRST, ...SECOND_LOOK, ...THIRD_LOOK, ...UNSEEN];

/** Every third of the first ones, and all that were written after the rules were done. */
export const HELD_OUT: readonly LabelledPrompt[] = [...FIRST.filter((_, index) => index % 3 === 2), ...UNSEEN];
