/** The parts of the Activity page, by the word at the end of their address. */
export const TABS = [
  { id: 'alerts', name: 'Alerts' },
  { id: 'versions', name: 'Config versions' },
] as const;

export type ActivityTab = (typeof TABS)[number]['id'];

/** An address without one, or with one that never was, is the first. */
export function tabOf(word: string | undefined): ActivityTab {
  return TABS.find(({ id }) => id === word)?.id ?? 'alerts';
}
