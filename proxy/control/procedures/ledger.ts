/** Requests and the ledger. */
import type { RequestView } from '../../contract/views.ts';
import { LedgerRefusedError } from '../../ledger/errors.ts';
import { CursorError } from '../../usage/cursor.ts';
import { control } from '../implementer.ts';
import type { ControlParts } from '../types.ts';
import { ledgerDeskProcedures } from './ledger-desk.ts';

/** A request has one attempt in this release; each leaves at most three entries. */
const TRANSFERS_OF_A_REQUEST_MAX = 500;

export function ledgerProcedures(parts: ControlParts) {
  const { ledger, usage, feed } = parts;
  return {
    requests: {
      list: control.requests.list.handler(({ input, errors }) =>
        paged(errors, () => {
          const { limit: _limit, cursor: _cursor, ...filter } = input;
          return usage.list({ ...query(input), filter });
        }),
      ),
      get: control.requests.get.handler(async ({ input, errors }) => {
        const row = usage.get(input.id);
        const remembered = feed.recent().find((view) => view.id === input.id);
        const request = row === undefined || remembered === undefined ? (row ?? remembered) : both(remembered, row);
        if (request === undefined) throw errors.NOT_FOUND({ message: 'There is no request with this id.' });
        const { items } = await ledger.entries({ limit: TRANSFERS_OF_A_REQUEST_MAX, requestId: input.id });
        const route = usage.routeOf(input.id);
        return { request, transfers: items, ...(route === undefined ? {} : { route }) };
      }),
    },
    ledger: {
      entries: control.ledger.entries.handler(({ input, errors }) =>
        paged(errors, () =>
          ledger.entries({ ...query(input), ...(input.requestId === undefined ? {} : { requestId: input.requestId }) }),
        ),
      ),
      balance: control.ledger.balance.handler(() => ledger.balance()),
      audit: control.ledger.audit.handler(() => ledger.audit()),
      ...ledgerDeskProcedures(parts),
    },
  };
}

/** What the row says counts; what no column holds is added from memory. */
function both(remembered: RequestView, row: RequestView): RequestView {
  return {
    ...remembered,
    ...row,
    ...(row.usage === undefined ? {} : { usage: { ...remembered.usage, ...row.usage } }),
  };
}

/** A cursor that no page handed out is the caller's mistake, not ours. */
async function paged<T>(
  errors: { BAD_REQUEST(options: { message: string }): Error },
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const foreign =
      error instanceof CursorError || (error instanceof LedgerRefusedError && error.reason === 'invalid_cursor');
    if (foreign)
      throw errors.BAD_REQUEST({ message: 'This cursor is not one of ours. Start again from the first page.' });
    throw error;
  }
}

function query(input: { limit: number; cursor?: string | undefined }): { limit: number; cursor?: string } {
  return { limit: input.limit, ...(input.cursor === undefined ? {} : { cursor: input.cursor }) };
}
