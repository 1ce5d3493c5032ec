/** An answer that is an error, in the provider's own words where it has any. */

import { parseJson } from '../../../core/json-value.ts';
import type { ProviderError } from '../../codec.ts';
import { toProviderError } from '../provider-error.ts';

/** Undefined when the body is no error. The status of the HTTP answer counts before one that the body names. */
export function decodeError(status: number, body: Buffer): ProviderError | undefined {
  const failed = status >= 400;
  const value = parseJson(body);
  const error = toProviderError(value, failed && value !== undefined);
  if (error !== undefined) return failed ? { ...error, status } : error;
  return failed ? { message: `the provider answered with status ${status} and no readable error`, status } : undefined;
}
