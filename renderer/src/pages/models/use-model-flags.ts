import { useMemo } from 'react';
import { useConfig } from '../../config-edit/use-edit-config.tsx';
import { useLive } from '../../live/use-live.ts';
import { modelFlags } from './model-flags.ts';

export function useModelFlags(): ReadonlyMap<string, string> {
  const config = useConfig().data;
  const killed = useLive((live) => live.killed);
  return useMemo(() => modelFlags(config, killed), [config, killed]);
}
