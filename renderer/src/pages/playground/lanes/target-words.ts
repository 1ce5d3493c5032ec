/** What a lane can ask, as values and words of its picker. Pure. */
import { type Mode, mode as modes } from '../../../../../proxy/contract/config/words.ts';
import type { Target } from '../state/conversation.ts';

/** The gateway's own name for "chosen by what is in the call". */
export const AUTO = 'auto';

const MODE_WORDS: Record<Mode, string> = {
  cheap: 'The cheapest model that fits the call',
  quality: 'The best model for the call',
  latency: 'The fastest answer',
  privacy: 'Only providers that keep nothing',
  code: 'The best model for code',
};

/** `auto:code` for a mode, else the model's own name. */
export function targetValue({ model, mode }: Target): string {
  return mode === undefined ? model : `${model}:${mode}`;
}

export function targetOf(value: string): Target {
  const named = modes.options.find((mode) => value === `${AUTO}:${mode}`);
  return named === undefined ? { model: value, mode: undefined } : { model: AUTO, mode: named };
}

export const AUTO_VALUES: readonly string[] = [AUTO, ...modes.options.map((mode) => `${AUTO}:${mode}`)];

export function autoWords(value: string): string {
  const { mode } = targetOf(value);
  return mode === undefined ? 'Chosen by what is in the call, in your default mode' : MODE_WORDS[mode];
}
