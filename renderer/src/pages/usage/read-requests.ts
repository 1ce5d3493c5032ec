import type { UsageFilters } from '../../../../proxy/contract/usage.ts';
import type { RequestView } from '../../contract-views.ts';
import type { ControlClient } from '../../transport/control-client.ts';
import type { RequestWindow } from './request-windows.ts';

/** The requests of a window, newest first: the lines of an export are the requests as they are on record. */
export async function readRequests(
  client: ControlClient,
  { fromMs, toMs }: Pick<RequestWindow, 'fromMs' | 'toMs'>,
  filters: UsageFilters,
  signal: AbortSignal,
): Promise<readonly RequestView[]> {
  let text = '';
  for await (const chunk of await client.usage.export({ fromMs, toMs, filters, format: 'jsonl' }, { signal })) {
    text += chunk;
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RequestView)
    .reverse();
}
