/** The pages of the window: their place, their name and their shortcut (`g`, then the letter). */
import {
  IconActivity,
  IconBell,
  IconBook2,
  IconChartBar,
  IconCpu,
  IconGauge,
  IconKey,
  IconListDetails,
  IconMessage2,
  IconPlugConnected,
  IconRoute,
  IconServer2,
  IconSettings,
  type TablerIcon,
} from '@tabler/icons-react';

export interface Page {
  readonly path: string;
  readonly name: string;
  readonly letter: string;
  readonly icon: TablerIcon;
}

export const PAGES = [
  { path: '/', name: 'Overview', letter: 'o', icon: IconActivity },
  { path: '/playground', name: 'Playground', letter: 'p', icon: IconMessage2 },
  { path: '/requests', name: 'Requests', letter: 'q', icon: IconListDetails },
  { path: '/usage', name: 'Usage', letter: 'u', icon: IconChartBar },
  { path: '/ledger', name: 'Ledger', letter: 'l', icon: IconBook2 },
  { path: '/providers', name: 'Providers', letter: 'r', icon: IconServer2 },
  { path: '/models', name: 'Models', letter: 'm', icon: IconCpu },
  { path: '/budgets', name: 'Budgets & limits', letter: 'b', icon: IconGauge },
  { path: '/routing', name: 'Routing', letter: 't', icon: IconRoute },
  { path: '/access-keys', name: 'Access keys', letter: 'k', icon: IconKey },
  { path: '/connect', name: 'Connect a tool', letter: 'c', icon: IconPlugConnected },
  { path: '/activity', name: 'Activity', letter: 'a', icon: IconBell },
  { path: '/settings', name: 'Settings', letter: 's', icon: IconSettings },
] as const satisfies readonly Page[];
