import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi } from '../../../app/session-context.ts';
import { useConfig } from '../../../config-edit/use-edit-config.tsx';
import { askableNames, type NameGroup, targetNames } from './model-names.ts';

/** `askable`: whatever a client may name. `target`: what a virtual model or a split may lead to. */
export function useNames(kind: 'askable' | 'target'): NameGroup[] {
  const models = useQuery(useApi().models.list.queryOptions()).data;
  const config = useConfig().data;
  return useMemo(
    () => (kind === 'askable' ? askableNames(config, models) : targetNames(config, models)),
    [kind, config, models],
  );
}
