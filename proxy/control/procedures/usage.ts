/** Usage by period and dimension, exports and invoices: reading only. */
import { invoicePage } from '../../usage/invoice/invoice-page.ts';
import { UsageQueryError } from '../../usage/time-buckets.ts';
import { control } from '../implementer.ts';
import type { ControlParts } from '../types.ts';

export function usageProcedures({ usageReport, clock }: ControlParts) {
  return {
    usage: {
      summary: control.usage.summary.handler(({ input, errors }) => asked(errors, () => usageReport.summary(input))),
      series: control.usage.series.handler(({ input, errors }) => asked(errors, () => usageReport.series(input))),
      splits: control.usage.splits.handler(({ input, errors }) => asked(errors, () => usageReport.splits(input))),
      export: control.usage.export.handler(({ input, signal }) =>
        usageReport.exported({ ...input, ...(signal === undefined ? {} : { signal }) }),
      ),
      invoice: control.usage.invoice.handler(({ input }) => usageReport.invoice(input)),
      invoicePage: control.usage.invoicePage.handler(({ input }) => ({
        html: invoicePage(usageReport.invoice(input), clock.nowMs()),
      })),
    },
  };
}

/** A period that has too many hours is the caller's mistake, not ours. */
async function asked<T>(
  errors: { BAD_REQUEST(options: { message: string }): Error },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UsageQueryError) throw errors.BAD_REQUEST({ message: error.message });
    throw error;
  }
}
