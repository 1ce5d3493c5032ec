import { PageHeader } from '../../components/PageHeader.tsx';
import { AuditPanel } from './AuditPanel.tsx';
import { BalanceRow } from './BalanceRow.tsx';
import { EntriesTable } from './EntriesTable.tsx';
import { useAudit } from './use-audit.ts';
import { VerifyButton } from './VerifyButton.tsx';

export function LedgerPage() {
  const audit = useAudit();
  return (
    <>
      <PageHeader
        title="Ledger"
        text="Every call holds its highest cost first and settles to what it really cost. Entries are never changed or deleted."
        actions={<VerifyButton audit={audit} />}
      />
      <AuditPanel audit={audit} />
      <BalanceRow />
      <EntriesTable />
    </>
  );
}
