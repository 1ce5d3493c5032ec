/** Modes in words. */
import { type Mode, mode } from '../../../../../proxy/contract/config.ts';

export const MODE_WORDS: Readonly<Record<Mode, { readonly name: string; readonly means: string }>> = {
  cheap: { name: 'Cheap', means: 'the lowest price for the call at hand' },
  quality: { name: 'Quality', means: 'the best model, then its price' },
  latency: { name: 'Latency', means: 'the answer that is there first' },
  privacy: { name: 'Privacy', means: 'only providers that keep nothing, and this machine' },
  code: { name: 'Code', means: 'the best model for code' },
};

export const MODES = mode.options;

export function isMode(value: string | null): value is Mode {
  return mode.safeParse(value).success;
}
