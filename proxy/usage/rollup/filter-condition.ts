/** Filters as SQL: `requests` and `usage_sets` have the same columns for them. */
import { type UsageFilters, usageDimension } from '../../contract/usage.ts';
import { DIMENSION_COLUMNS } from './dimensions.ts';

/** SQL over the columns of `alias` for the filters; the values are bound in their order. Empty without filters. */
export function conditionOf(filters: UsageFilters, alias: string): { where: string; bound: string[] } {
  const bound: string[] = [];
  const conditions = usageDimension.options.flatMap((dimension) => {
    const wanted = filters[dimension];
    if (wanted === undefined) return [];
    const column = `${alias}.${DIMENSION_COLUMNS[dimension]}`;
    const named = wanted.filter((value) => value !== null);
    bound.push(...named);
    const either = [
      ...(named.length === 0 ? [] : [`${column} IN (${named.map(() => '?').join(', ')})`]),
      ...(named.length === wanted.length ? [] : [`${column} IS NULL`]),
    ];
    return [`(${either.join(' OR ')})`];
  });
  return { where: conditions.join(' AND '), bound };
}
