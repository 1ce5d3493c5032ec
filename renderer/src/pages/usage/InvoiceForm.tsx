import { Button, SegmentedControl, Select, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { InvoiceInput } from '../../../../proxy/contract/usage.ts';
import { useSession } from '../../app/session-context.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { explainError } from '../../format/explain-error.ts';
import { monthLabel } from '../../usage/bucket-labels.ts';
import { monthsUntil } from '../../usage/periods.ts';
import { useUsageSummary } from '../../usage/use-usage.ts';
import { civilDayOf, isoOfDay } from '../../usage/zoned-days.ts';
import { InvoicePreview } from './InvoicePreview.tsx';
import { fileNamePart, saveBlob } from './save-blob.ts';

const MONTHS = 14;

/** Whose, which month, what it comes to; the page itself is a file that any browser prints. */
export function InvoiceForm({ timeZone }: { readonly timeZone: string }) {
  const { client } = useSession();
  const months = useMemo(() => monthsUntil(Date.now(), timeZone, MONTHS), [timeZone]);
  const [party, setParty] = useState<InvoiceInput['party']>('project');
  const [place, setPlace] = useState('0');
  const [name, setName] = useState<string | null>(null);
  const month = months[Number(place)];
  const found = useUsageSummary(month && { ...month, groupBy: [party], limit: 1_000 });
  const groups = found.isPlaceholderData ? undefined : found.data?.groups;
  const names = (groups ?? []).flatMap(({ key }) => (typeof key[party] === 'string' ? [key[party]] : [])).sort();
  const input = month !== undefined && name !== null && names.includes(name) ? { party, name, ...month } : undefined;
  const download = useMutation({
    mutationFn: (wanted: InvoiceInput) => client.usage.invoicePage(wanted),
    onSuccess: ({ html }, wanted) => {
      const day = isoOfDay(civilDayOf(wanted.fromMs, timeZone)).slice(0, 7);
      saveBlob(`invoice-${fileNamePart(wanted.name)}-${day}.html`, new Blob([html], { type: 'text/html' }));
    },
    onError: (error) =>
      notifications.show({ color: 'red', title: 'The invoice could not be made', message: explainError(error) }),
  });
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Invoice for"
        value={party}
        onChange={(value) => setParty(value as InvoiceInput['party'])}
        data={[
          { value: 'project', label: 'A project' },
          { value: 'client', label: 'A client' },
        ]}
      />
      <Select
        label="Month"
        value={place}
        onChange={(value) => value !== null && setPlace(value)}
        allowDeselect={false}
        data={months.map(({ fromMs }, index) => ({ value: String(index), label: monthLabel(fromMs, timeZone) }))}
      />
      {found.isError ? (
        <ErrorState what="the names" error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <Select
          label={party === 'project' ? 'Project' : 'Client'}
          placeholder={placeholderOf(party, groups === undefined, names.length)}
          disabled={names.length === 0}
          searchable
          value={input === undefined ? null : name}
          onChange={setName}
          data={names}
        />
      )}
      <InvoicePreview input={input} />
      <Button
        disabled={input === undefined}
        loading={download.isPending}
        leftSection={<IconDownload size={16} aria-hidden="true" />}
        onClick={() => input !== undefined && download.mutate(input)}
      >
        Download to print
      </Button>
    </Stack>
  );
}

function placeholderOf(party: InvoiceInput['party'], loading: boolean, names: number): string {
  if (loading) return 'Loading';
  return names === 0 ? `No ${party} was named in this month` : 'Choose';
}
