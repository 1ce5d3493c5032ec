/** The parts of the Routing page, by the word at the end of their address. */
export const TABS = [
  { id: 'try', name: 'Try a route' },
  { id: 'defaults', name: 'Defaults' },
  { id: 'virtual-models', name: 'Virtual models' },
  { id: 'fallbacks', name: 'Fallbacks' },
  { id: 'rules', name: 'Rules' },
  { id: 'splits', name: 'Splits' },
  { id: 'health', name: 'Health' },
] as const;

export type RoutingTab = (typeof TABS)[number]['id'];

/** An address without one, or with one that never was, is the first. */
export function tabOf(word: string | undefined): RoutingTab {
  return TABS.find(({ id }) => id === word)?.id ?? 'try';
}
