/** How a kind of provider lists its models: a GET and a shape. */
import type { ModelInfo } from '../types.ts';

export interface ModelList {
  /** From the path of the base URL (`/v1`) to the path of the list, query included. Several: the first that is one is taken. */
  readonly paths: (basePath: string) => readonly [string, ...string[]];
  /** Undefined: this is no such list. Entries that name no model are left out. Prices are never read from a list. */
  readonly read: (body: unknown) => readonly ModelInfo[] | undefined;
}
