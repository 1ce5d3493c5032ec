/** What the record of a request says of the way it took to its provider. */
import type { LiveRequestView } from '../../contract/views.ts';
import type { Bridge } from './types.ts';

/** The record's limits, see `liveRequestView`. */
const WARNINGS_MAX = 50;
const WARNING_LENGTH_MAX = 200;

/** `others`: codes of what the gates and the plan warn of. Codes and names of fields, never values. */
export function bridgeFacts(
  { protocol, warnings }: Pick<Bridge, 'protocol' | 'warnings'>,
  others: readonly string[] = [],
): Pick<LiveRequestView, 'providerProtocol' | 'warnings'> {
  const words = [...others, ...warnings.map(({ code, field }) => (field === undefined ? code : `${code}(${field})`))];
  return {
    providerProtocol: protocol,
    ...(words.length === 0
      ? {}
      : { warnings: words.slice(0, WARNINGS_MAX).map((word) => word.slice(0, WARNING_LENGTH_MAX)) }),
  };
}
