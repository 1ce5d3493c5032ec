/** Which models were asked last, for the next time the window opens. Names only, never a word of the conversation. */
import { z } from 'zod';
import { mode } from '../../../../../proxy/contract/config/words.ts';
import { LANES_MAX, type Target } from './conversation.ts';

const KEY = 'gatehouse-playground-targets';
const saved = z
  .array(z.object({ model: z.string(), mode: mode.optional() }))
  .min(1)
  .max(LANES_MAX);

const NOBODY: readonly Target[] = [{ model: '', mode: undefined }];

export function rememberedTargets(storage: Storage): readonly Target[] {
  const text = storage.getItem(KEY);
  if (text === null) return NOBODY;
  try {
    const parsed = saved.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.map(({ model, mode: wanted }) => ({ model, mode: wanted })) : NOBODY;
  } catch (error) {
    if (error instanceof SyntaxError) return NOBODY;
    throw error;
  }
}

export function rememberTargets(storage: Storage, targets: readonly Target[]): void {
  storage.setItem(KEY, JSON.stringify(targets));
}
