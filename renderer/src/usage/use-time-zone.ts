import { useQuery } from '@tanstack/react-query';
import { useApi } from '../app/session-context.ts';

/** The time zone that the gateway counts its days in; undefined until it said so. */
export function useTimeZone(): string | undefined {
  return useQuery(useApi().settings.get.queryOptions()).data?.timeZone;
}
