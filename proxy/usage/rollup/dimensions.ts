/** What requests are told apart by: the columns of `usage_sets`, and a request's values for them. */
import { USAGE_DIMENSIONS, type UsageDimension } from '../../contract/usage.ts';
import type { RequestRow } from '../request-row.ts';

export const DIMENSION_COLUMNS = {
  modelAsked: 'model_asked',
  modelServed: 'model_served',
  provider: 'provider',
  accessKey: 'access_key_id',
  project: 'project',
  client: 'client',
  process: 'process',
  mode: 'mode',
  split: 'split_name',
  arm: 'split_arm',
  errorCode: 'error_code',
} as const satisfies Record<UsageDimension, string>;

/** In the order of USAGE_DIMENSIONS. */
export const SET_COLUMNS: readonly string[] = USAGE_DIMENSIONS.map((dimension) => DIMENSION_COLUMNS[dimension]);

/** The values of SET_COLUMNS. */
export function setOf(row: RequestRow): (string | null)[] {
  return [
    row.modelAsked,
    row.modelServed,
    row.provider,
    row.accessKeyId,
    row.project,
    row.client,
    row.process,
    row.mode,
    row.splitName,
    row.splitArm,
    row.errorCode,
  ];
}
