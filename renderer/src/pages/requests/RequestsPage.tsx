import { PageHeader } from '../../components/PageHeader.tsx';
import { RequestsTable } from './RequestsTable.tsx';

export function RequestsPage() {
  return (
    <>
      <PageHeader
        title="Requests"
        text="Every call on record, the newest first: what was asked, where it went, what it cost. Never what was said."
      />
      <RequestsTable />
    </>
  );
}
