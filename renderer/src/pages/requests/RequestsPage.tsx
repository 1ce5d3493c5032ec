import { useMemo, useState } from 'react';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useNow } from '../../components/use-now.ts';
import { useTimeZone } from '../../usage/use-time-zone.ts';
import { RequestsTable } from './RequestsTable.tsx';
import { RequestsToolbar } from './RequestsToolbar.tsx';
import { EVERY_REQUEST, filterOf } from './requests-filter.ts';

export function RequestsPage() {
  const [choice, setChoice] = useState(EVERY_REQUEST);
  const nowMs = useNow(60_000);
  const timeZone = useTimeZone();
  const filter = timeZone === undefined ? undefined : filterOf(choice, nowMs, timeZone);
  // The same question stays the same object: a new one would be asked anew every minute.
  const asked = JSON.stringify(filter);
  const stable = useMemo(() => (asked === undefined ? undefined : (JSON.parse(asked) as typeof filter)), [asked]);
  return (
    <>
      <PageHeader
        title="Requests"
        text="Every call on record, the newest first: what was asked, where it went, what it cost. Never what was said."
      />
      <RequestsToolbar choice={choice} onChange={setChoice} />
      <RequestsTable key={asked ?? 'every'} filter={stable} onShowAll={() => setChoice(EVERY_REQUEST)} />
    </>
  );
}
