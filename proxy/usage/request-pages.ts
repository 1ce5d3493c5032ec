/** Pages of the requests on record, narrowed by a filter. */
import type { RequestFilter } from '../contract/request-filter.ts';
import type { Db } from '../storage/types.ts';
import type { PageEnd } from './cursor.ts';
import { REQUEST_COLUMNS, type RequestRow } from './request-row.ts';
import { conditionOf } from './rollup/filter-condition.ts';

/** Rows before `end`, newest first. The statement without a filter, by far the most frequent, is prepared once. */
export function preparedPages(db: Db): (filter: RequestFilter, end: PageEnd, rows: number) => RequestRow[] {
  const prepare = (where: string) =>
    db.prepare<(string | number)[], RequestRow>(
      `SELECT ${REQUEST_COLUMNS} FROM requests WHERE (started_at_ms, id) < (?, ?)${where}
       ORDER BY started_at_ms DESC, id DESC LIMIT ?`,
    );
  const everything = prepare('');
  return (filter, end, rows) => {
    const { where, bound } = narrowing(filter);
    const select = where === '' ? everything : prepare(where);
    return select.all(end.startedAtMs, end.id, ...bound, rows);
  };
}

/** SQL that begins with AND, or nothing, and what is bound in it, in its order. */
function narrowing({ filters, states, fromMs, toMs }: RequestFilter): { where: string; bound: (string | number)[] } {
  const dimensions = conditionOf(filters ?? {}, 'requests');
  const parts: [condition: string, bound: readonly (string | number)[]][] = [];
  if (dimensions.where !== '') parts.push([dimensions.where, dimensions.bound]);
  if (states !== undefined) parts.push([`state IN (${states.map(() => '?').join(', ')})`, states]);
  if (fromMs !== undefined) parts.push(['started_at_ms >= ?', [fromMs]]);
  if (toMs !== undefined) parts.push(['started_at_ms < ?', [toMs]]);
  return {
    where: parts.map(([condition]) => ` AND ${condition}`).join(''),
    bound: parts.flatMap(([, bound]) => bound),
  };
}
