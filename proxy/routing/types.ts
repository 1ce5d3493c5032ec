/** What routing decides: which provider and which of its models serve a call. */
import type { ModelInfo, Provider } from '../providers/types.ts';

export interface Target {
  readonly provider: Provider;
  /** The provider's own name for the model. */
  readonly modelId: string;
  /** Undefined: the provider may serve it, but neither catalog nor config knows it. */
  readonly info: ModelInfo | undefined;
}
