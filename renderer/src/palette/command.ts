/** One thing the palette can do. */
import type { TablerIcon } from '@tabler/icons-react';

export const COMMAND_GROUPS = ['Pages', 'Actions', 'Tools', 'Models', 'Providers', 'Requests'] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

export interface Command {
  /** Unique among all commands, and stable: `page /usage`, `model openai/gpt-4o`. */
  readonly id: string;
  readonly group: CommandGroup;
  readonly label: string;
  /** Said behind the label, in grey. */
  readonly detail?: string;
  /** Other words that find it. */
  readonly keywords?: readonly string[];
  /** A name as people type it into tools and configs. */
  readonly code?: boolean;
  readonly icon: TablerIcon;
  /** Keys that do the same: `['g', 'u']`. */
  readonly keys?: readonly string[];
  readonly run: () => void;
}
