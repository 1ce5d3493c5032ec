/** Two-step shortcuts: `g`, then a page's letter, within a moment. Pure, so the table can be tested. */
import { PAGES } from '../app/page-list.ts';

export const SECOND_KEY_MS_MAX = 1_500;

export interface ShortcutState {
  /** When `g` was pressed; undefined when no sequence is open. */
  readonly armedAtMs: number | undefined;
}

export type ShortcutStep =
  | { readonly do: 'nothing'; readonly state: ShortcutState }
  | { readonly do: 'go'; readonly path: string; readonly state: ShortcutState }
  | { readonly do: 'help'; readonly state: ShortcutState };

const IDLE: ShortcutState = { armedAtMs: undefined };

export function shortcutStep(state: ShortcutState, key: string, atMs: number): ShortcutStep {
  if (key === '?') return { do: 'help', state: IDLE };
  const armed = state.armedAtMs !== undefined && atMs - state.armedAtMs <= SECOND_KEY_MS_MAX;
  if (armed) {
    const page = PAGES.find(({ letter }) => letter === key.toLowerCase());
    if (page !== undefined) return { do: 'go', path: page.path, state: IDLE };
  }
  if (key.toLowerCase() === 'g') return { do: 'nothing', state: { armedAtMs: atMs } };
  return { do: 'nothing', state: IDLE };
}
