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

/** What stands for the names that clients make up, where they make up too many. */
export const OTHERS = '(others)';

/** The same request without the names that its client chose. */
export function withoutOwnNames(row: RequestRow): RequestRow {
  const folded = (name: string | null) => (name === null ? null : OTHERS);
  return { ...row, modelAsked: folded(row.modelAsked), client: folded(row.client), process: folded(row.process) };
}

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
