/** The catalog that ships with the program. */
import catalogJson from '../../resources/catalog.json' with { type: 'json' };
import { type Catalog, createCatalog } from './catalog.ts';

export function builtInCatalog(): Catalog {
  return createCatalog(catalogJson);
}
