/** What usage can be told apart by, in the words of the window. */
import type { UsageDimension } from '../../../proxy/contract/usage.ts';

interface DimensionWords {
  readonly name: string;
  /** What a request without a value of it is called. */
  readonly none: string;
}

const WORDS: Readonly<Record<UsageDimension, DimensionWords>> = {
  modelAsked: { name: 'Model asked', none: 'No model named' },
  modelServed: { name: 'Model served', none: 'Never reached a model' },
  provider: { name: 'Provider', none: 'Never reached a provider' },
  accessKey: { name: 'Access key', none: 'No access key' },
  project: { name: 'Project', none: 'No project' },
  client: { name: 'Client', none: 'Client did not say' },
  process: { name: 'Process', none: 'Process not known' },
  mode: { name: 'Mode', none: 'No mode' },
  split: { name: 'Split', none: 'No split' },
  arm: { name: 'Arm of a split', none: 'No arm' },
  errorCode: { name: 'Error', none: 'No error' },
};

/** In the order of the menus. */
export const DIMENSIONS = Object.keys(WORDS) as readonly UsageDimension[];

export function dimensionName(dimension: UsageDimension): string {
  return WORDS[dimension].name;
}

export function valueName(dimension: UsageDimension, value: string | null): string {
  return value === null || value === '' ? WORDS[dimension].none : value;
}

/** Names that people type into tools and configs are set in the font they know them in. */
export function isCodeLike(dimension: UsageDimension, value: string | null): boolean {
  return value !== null && value !== '' && (dimension.startsWith('model') || dimension === 'errorCode');
}
