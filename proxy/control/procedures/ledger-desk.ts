/** Wallet, corrections and reconciliation, answered. */
import { reconciliationReport, type WalletView } from '../../contract/ledger-desk.ts';
import { usdToNano } from '../../contract/money.ts';
import { LedgerConflictError, LedgerRefusedError } from '../../ledger/errors.ts';
import { CursorError } from '../../usage/cursor.ts';
import { control } from '../implementer.ts';
import type { ControlParts } from '../types.ts';

interface DeskErrors {
  BAD_REQUEST(options: { message: string }): Error;
  CONFLICT(options: { message: string }): Error;
}

export function ledgerDeskProcedures({ ledger, reconciler, configKeeper }: ControlParts) {
  const wallet = async (): Promise<WalletView> => {
    const { enabled, lowBalanceUsd } = configKeeper.current().wallet;
    const { account: _global, ...balance } = await ledger.wallet();
    const lowBalanceNano = lowBalanceUsd === undefined ? undefined : usdToNano(lowBalanceUsd);
    return {
      enabled,
      ...balance,
      ...(lowBalanceNano === undefined ? {} : { lowBalanceNano }),
      low: balance.balanceNano <= 0 || balance.balanceNano < (lowBalanceNano ?? 0),
    };
  };
  return {
    wallet: control.ledger.wallet.handler(wallet),
    adjustments: control.ledger.adjustments.handler(({ input, errors }) => {
      const { limit, cursor } = input;
      return said(errors, () => ledger.entries({ limit, byPeople: true, ...(cursor === undefined ? {} : { cursor }) }));
    }),
    grant: control.ledger.grant.handler(({ input, errors }) =>
      said(errors, async () => {
        const { id, reason } = input;
        const amountNano = usdToNano(input.amountUsd);
        const transfer = await ledger.grant({ id, account: 'global', amountNano, reason });
        return { transfer, wallet: await wallet() };
      }),
    ),
    correct: control.ledger.correct.handler(({ input, errors }) =>
      said(errors, () => {
        const { id, account, reason, attemptId } = input;
        const correction = { id, account, amountNano: usdToNano(input.amountUsd), reason };
        return ledger.correct(attemptId === undefined ? correction : { ...correction, attemptId });
      }),
    ),
    reconcile: control.ledger.reconcile.handler(({ input, errors }) => said(errors, () => reconciler.run(input))),
    lastReconciliation: control.ledger.lastReconciliation.handler(() => {
      // What an earlier release kept may have another shape: none then.
      const last = reconciliationReport.safeParse(reconciler.last());
      return last.success ? last.data : null;
    }),
  };
}

/** What the caller got wrong is told as such; the rest is ours. */
async function said<T>(errors: DeskErrors, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LedgerConflictError) throw errors.CONFLICT({ message: error.message });
    if (error instanceof LedgerRefusedError || error instanceof CursorError)
      throw errors.BAD_REQUEST({ message: error.message });
    throw error;
  }
}
