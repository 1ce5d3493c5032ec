import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { usageSeriesInput, usageSummaryInput } from '../../../proxy/contract/usage.ts';
import { useApi } from '../app/session-context.ts';

/** What was on the page stays there, dimmed or not, until the new figures are in: nothing jumps. Undefined: not asked yet. */
export function useUsageSummary(input: z.input<typeof usageSummaryInput> | undefined) {
  return useQuery({
    ...useApi().usage.summary.queryOptions({ input: input ?? NEVER_ASKED }),
    enabled: input !== undefined,
    placeholderData: keepPreviousData,
    // Calls may have ended while this page was closed, when nobody was told.
    refetchOnMount: 'always',
  });
}

export function useUsageSeries(input: z.input<typeof usageSeriesInput> | undefined) {
  return useQuery({
    ...useApi().usage.series.queryOptions({ input: input ?? { ...NEVER_ASKED, bucket: 'day' } }),
    enabled: input !== undefined,
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
  });
}

const NEVER_ASKED = { fromMs: 0, toMs: 1 };
