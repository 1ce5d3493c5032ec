import { IconCode, IconMessages, IconPackage, IconRobot, IconTerminal2, type TablerIcon } from '@tabler/icons-react';
import type { ToolView } from '../../contract-views.ts';

const ICONS: Record<ToolView['kind'], TablerIcon> = {
  agent: IconRobot,
  editor: IconCode,
  chat: IconMessages,
  library: IconPackage,
  terminal: IconTerminal2,
};

/** What sort of tool it is. Decorative; the name stands beside it. */
export function ToolIcon({ kind, size = 20 }: { readonly kind: ToolView['kind']; readonly size?: number }) {
  const Icon = ICONS[kind];
  return <Icon size={size} stroke={1.6} aria-hidden="true" />;
}
