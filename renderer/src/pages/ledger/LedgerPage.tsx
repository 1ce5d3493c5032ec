import { Skeleton } from '@mantine/core';
import { ErrorState } from '../../components/ErrorState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { AuditPanel } from './AuditPanel.tsx';
import { BalanceRow } from './BalanceRow.tsx';
import { DifferencesCard } from './DifferencesCard.tsx';
import { EntriesTable } from './EntriesTable.tsx';
import classes from './LedgerPage.module.css';
import { ReconcileCard } from './ReconcileCard.tsx';
import { useAudit } from './use-audit.ts';
import { useAuditByAddress } from './use-audit-by-address.ts';
import { useReconciliation } from './use-reconciliation.ts';
import { useWallet } from './use-wallet.ts';
import { VerifyButton } from './VerifyButton.tsx';
import { WalletCard } from './WalletCard.tsx';
import { WalletSetupButton } from './WalletSetupButton.tsx';
import { hasWallet } from './wallet-words.ts';

export function LedgerPage() {
  const audit = useAudit();
  useAuditByAddress(audit);
  const wallet = useWallet();
  const reconciliation = useReconciliation();
  const report = reconciliation.last.data;
  return (
    <>
      <PageHeader
        title="Ledger"
        text="Every call holds its highest cost first and settles to what it really cost. Entries are never changed or deleted."
        actions={
          <>
            {wallet.data !== undefined && !hasWallet(wallet.data) && <WalletSetupButton size="sm" />}
            <VerifyButton audit={audit} />
          </>
        }
      />
      <AuditPanel audit={audit} />
      <div className={classes.columns}>
        {wallet.isError && wallet.data === undefined && (
          <ErrorState what="the wallet" error={wallet.error} onRetry={() => void wallet.refetch()} />
        )}
        {wallet.isPending && <Skeleton height={120} radius="lg" aria-busy="true" />}
        {wallet.data !== undefined && hasWallet(wallet.data) && <WalletCard wallet={wallet.data} />}
        <ReconcileCard reconciliation={reconciliation} />
      </div>
      {report != null && <DifferencesCard report={report} reconciliation={reconciliation} />}
      <BalanceRow />
      <EntriesTable />
    </>
  );
}
