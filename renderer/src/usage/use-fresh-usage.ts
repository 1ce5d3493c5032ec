import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useApi } from '../app/session-context.ts';
import { useLive } from '../live/use-live.ts';
import { someEnded } from './ended-calls.ts';

/** A burst of calls is one question; nothing is asked while no call ends. */
const SETTLE_MS = 1_000;

/** Keeps the sums on the page current: they are asked for again a moment after a call ended. */
export function useFreshUsage(): void {
  const requests = useLive((live) => live.requests);
  const api = useApi();
  const queries = useQueryClient();
  const seen = useRef(requests);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const before = seen.current;
    seen.current = requests;
    if (requests === undefined || before === undefined || timer.current !== undefined) return;
    if (!someEnded(before, requests)) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void queries.invalidateQueries({ queryKey: api.usage.summary.key() });
      void queries.invalidateQueries({ queryKey: api.usage.series.key() });
      void queries.invalidateQueries({ queryKey: api.routing.breakers.key() });
    }, SETTLE_MS);
  }, [requests, api, queries]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
}
