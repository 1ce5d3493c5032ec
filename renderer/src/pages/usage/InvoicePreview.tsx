import { useQuery } from '@tanstack/react-query';
import type { InvoiceInput, InvoiceView } from '../../../../proxy/contract/usage.ts';
import { useApi } from '../../app/session-context.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { type Fact, Facts } from '../../components/Facts.tsx';
import { Money } from '../../components/Money.tsx';
import { Notice } from '../../components/Notice.tsx';
import { formatCount } from '../../format/tokens.ts';
import classes from './InvoicePreview.module.css';

/** What the invoice will say, before it is a file. Holds its place, so that choosing moves nothing. */
export function InvoicePreview({ input }: { readonly input: InvoiceInput | undefined }) {
  return <div className={classes.preview}>{input !== undefined && <Preview input={input} />}</div>;
}

function Preview({ input }: { readonly input: InvoiceInput }) {
  const invoice = useQuery(useApi().usage.invoice.queryOptions({ input, staleTime: 0 }));
  if (invoice.isError) {
    return <ErrorState what="the invoice" error={invoice.error} onRetry={() => void invoice.refetch()} />;
  }
  if (invoice.data === undefined) return null;
  const { openHolds, toMs } = invoice.data;
  return (
    <>
      <Facts facts={factsOf(invoice.data)} />
      {(openHolds > 0 || toMs > Date.now()) && (
        <Notice tone="info">
          {openHolds > 0
            ? `${formatCount(openHolds)} of its calls ${openHolds === 1 ? 'is' : 'are'} still under way and not in it yet.`
            : 'The month is not over: more may come.'}
        </Notice>
      )}
    </>
  );
}

function factsOf(invoice: InvoiceView): readonly Fact[] {
  const { lines, costNano, feeNano, unknownNano, correctedNano, estimatedNano, dueNano } = invoice;
  const charges = lines.reduce((sum, line) => sum + line.charges, 0);
  const some = (name: string, nano: number): readonly Fact[] =>
    nano === 0 ? [] : [{ name, value: <Money nano={nano} /> }];
  return [
    {
      name: 'Charges',
      value: `${formatCount(charges)}, ${formatCount(lines.length)} ${lines.length === 1 ? 'model' : 'models'}`,
    },
    { name: 'Cost', value: <Money nano={costNano} /> },
    { name: 'Fee', value: <Money nano={feeNano} /> },
    ...some('Cost unknown', unknownNano),
    ...some('Corrections', correctedNano),
    ...some('Of it estimated', estimatedNano),
    {
      name: 'Due',
      value: (
        <strong>
          <Money nano={dueNano} />
        </strong>
      ),
    },
  ];
}
