/** Which model is being settled, and what each source says of it. */
import type { Purpose } from '../../proxy/catalog/catalog-model.ts';
import type { Reading, SourceName } from './reading.ts';

export type Readings = Partial<Record<SourceName, Reading>>;

export interface ModelIdentity {
  readonly id: string;
  readonly purpose: Purpose;
  readonly family?: string | undefined;
  readonly responsesOnly?: boolean;
  /** The source that is the provider's own list, if there is one. */
  readonly own?: SourceName | undefined;
}
