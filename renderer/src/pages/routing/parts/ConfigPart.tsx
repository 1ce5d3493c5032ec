import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Config } from '../../../../../proxy/contract/config.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { useConfig } from '../../../config-edit/use-edit-config.tsx';

/** What shows a part of the config, once it is there. */
export function ConfigPart({ children }: { readonly children: (config: Config) => ReactNode }) {
  const config = useConfig();
  if (config.isError) {
    return <ErrorState what="the routing settings" error={config.error} onRetry={() => void config.refetch()} />;
  }
  if (config.data === undefined) return <Skeleton height={180} radius="lg" aria-busy="true" />;
  return children(config.data);
}
