/** A model server that was found on this machine, in words. Pure. */
import type { DiscoveredView } from '../../contract-views.ts';
import { formatCount } from '../../format/tokens.ts';

export const SERVER_NAMES: Record<DiscoveredView['kind'], string> = { ollama: 'Ollama', lmstudio: 'LM Studio' };

export function foundWords({ providerId, models }: DiscoveredView): string {
  const count = `${formatCount(models)} ${models === 1 ? 'model' : 'models'}`;
  return providerId === undefined
    ? 'is not served: its name is taken by another provider'
    : `${count}, served as ${providerId}`;
}
