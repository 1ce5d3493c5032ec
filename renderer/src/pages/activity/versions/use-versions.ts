import { useQuery } from '@tanstack/react-query';
import type { ConfigVersionView } from '../../../../../proxy/contract/views.ts';
import { useApi } from '../../../app/session-context.ts';

/** Every config the gateway ran on, the newest first; the first of them is the one it runs on now. */
export function useVersions() {
  return useQuery(useApi().config.versions.queryOptions({ select: newestFirst }));
}

function newestFirst(versions: readonly ConfigVersionView[]): readonly ConfigVersionView[] {
  return versions.toSorted((a, b) => b.number - a.number);
}

/** The YAML of a version as it was applied. `undefined` asks for nothing. */
export function useVersionYaml(number: number | undefined) {
  return useQuery({
    ...useApi().config.version.queryOptions({ input: { number: number ?? 0 } }),
    enabled: number !== undefined,
  });
}
