import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../../app/session-context.ts';
import { RouteTrace } from '../../../route/RouteTrace.tsx';
import type { Run } from '../state/run-state.ts';

/** Why the run went where it went. One that was stopped heard no more of its attempts: the record has them. */
export function RunRoute({ run: { phase, finish, requestId, trace } }: { readonly run: Run }) {
  const cutShort = phase !== 'running' && finish === undefined && requestId !== undefined;
  const record = useQuery({
    ...useApi().requests.get.queryOptions({ input: { id: requestId ?? '' } }),
    enabled: cutShort,
  });
  const route = (cutShort ? record.data?.route : undefined) ?? trace;
  return route === undefined ? null : <RouteTrace route={route} />;
}
