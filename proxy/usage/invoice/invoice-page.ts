/** An invoice as one HTML page that needs no other file and prints on A4 or Letter. */
import { nanoToUsdString } from '../../contract/money.ts';
import type { InvoiceView } from '../../contract/usage.ts';
import { dateIn } from '../zoned-date.ts';

const STYLE = `
  :root { color-scheme: light; }
  body { font: 14px/1.5 system-ui, sans-serif; color: #111; background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
  h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
  p { margin: .25rem 0; }
  table { border-collapse: collapse; width: 100%; margin-top: 1rem; }
  caption { text-align: left; font-weight: 600; padding-bottom: .5rem; }
  th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #ccc; vertical-align: top; overflow-wrap: anywhere; }
  .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  tfoot th, tfoot td { border-bottom: 0; }
  .due th, .due td { font-weight: 700; border-top: 2px solid #111; }
  .notes { color: #444; font-size: .9em; margin-top: 1.5rem; }
  @page { margin: 18mm; }
  @media print { body { margin: 0; max-width: none; padding: 0; font-size: 11px; } tr { break-inside: avoid; } thead { display: table-header-group; } }`;

/** `issuedAtMs` is printed as the date of issue. */
export function invoicePage(invoice: InvoiceView, issuedAtMs: number): string {
  const { lines, corrections, party, name, timeZone, fromMs, toMs } = invoice;
  const cents = roundToCentNano(invoice.dueNano);
  const rows = lines.map(
    (line) =>
      `<tr><td>${text(line.provider)}</td><td>${text(line.model)}</td>${numbers([
        String(line.charges),
        String(line.inputTokens),
        String(line.outputTokens),
        usd(line.costNano),
        usd(line.feeNano),
        usd(line.chargedNano),
      ])}</tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Invoice: ${text(name)}, ${period(fromMs, toMs, timeZone)}</title>
<style>${STYLE}
</style>
</head>
<body>
<h1>Invoice</h1>
<p>For ${party} <strong>${text(name)}</strong></p>
<p>Use of AI models, ${period(fromMs, toMs, timeZone)} (${text(timeZone)})</p>
<p>Issued ${dateIn(timeZone, issuedAtMs)}</p>
<table>
<caption>Charges in USD</caption>
<thead><tr><th scope="col">Provider</th><th scope="col">Model</th>${headings(['Charges', 'Input tokens', 'Output tokens', 'Cost', 'Fee', 'Charge'])}</tr></thead>
<tbody>
${rows.length === 0 ? '<tr><td colspan="8">Nothing was charged in this period.</td></tr>' : rows.join('\n')}
</tbody>
<tfoot>
<tr><th scope="row" colspan="5">Total</th>${numbers([usd(invoice.costNano), usd(invoice.feeNano), usd(invoice.chargedNano)])}</tr>
${footRow('Corrections', invoice.correctedNano)}
${footRow('Exact amount', invoice.dueNano)}
${footRow('Rounding to the cent', cents - invoice.dueNano)}
<tr class="due"><th scope="row" colspan="7">Due</th><td class="number">${dollarsAndCents(cents)}</td></tr>
</tfoot>
</table>
${corrections.length === 0 ? '' : correctionsTable(invoice)}
<div class="notes">
<p>Amounts are exact to the nano-dollar ($0.000000001) as they stand in the ledger; only the amount due is rounded, once, to the nearest cent.</p>
${notes(invoice)
  .map((note) => `<p>${text(note)}</p>`)
  .join('\n')}
</div>
</body>
</html>
`;
}

function notes({ unknownNano, estimatedNano, openHolds }: InvoiceView): string[] {
  return [
    ...(estimatedNano === 0
      ? []
      : [
          `$${usd(estimatedNano)} of the charge was counted by Gatehouse because the provider did not report the usage.`,
        ]),
    ...(unknownNano === 0
      ? []
      : [`$${usd(unknownNano)} of the charge is for calls whose cost is not known; cost and fee do not contain it.`]),
    ...(openHolds === 0
      ? []
      : [`${openHolds} calls of this period were still under way; their charges are not in it yet.`]),
  ];
}

function correctionsTable({ corrections, timeZone }: InvoiceView): string {
  const rows = corrections.map(
    ({ atMs, reason, amountNano }) =>
      `<tr><td>${dateIn(timeZone, atMs)}</td><td>${text(reason)}</td>${numbers([usd(amountNano)])}</tr>`,
  );
  return `<h2>Corrections</h2>
<table><thead><tr><th scope="col">Date</th><th scope="col">Reason</th>${headings(['Amount'])}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table>`;
}

function footRow(label: string, nano: number): string {
  return `<tr><th scope="row" colspan="7">${label}</th>${numbers([usd(nano)])}</tr>`;
}

function headings(labels: readonly string[]): string {
  return labels.map((label) => `<th scope="col" class="number">${label}</th>`).join('');
}

function numbers(values: readonly string[]): string {
  return values.map((value) => `<td class="number">${value}</td>`).join('');
}

/** All nine decimals, so that a column can be added up by hand. */
function usd(nano: number): string {
  const [whole = '0', fraction = ''] = nanoToUsdString(nano).split('.');
  return `${whole}.${fraction.padEnd(9, '0')}`;
}

const NANO_PER_CENT = 10_000_000n;

/** Nano-dollars of the nearest whole cent; halves go away from zero. */
export function roundToCentNano(nano: number): number {
  const magnitude = BigInt(Math.abs(nano));
  const rounded = Number(((magnitude + NANO_PER_CENT / 2n) / NANO_PER_CENT) * NANO_PER_CENT);
  return nano < 0 ? -rounded : rounded;
}

function dollarsAndCents(nano: number): string {
  const [whole = '0', fraction = ''] = nanoToUsdString(nano).split('.');
  return `$${whole}.${fraction.padEnd(2, '0')}`;
}

/** The last day is in it. */
function period(fromMs: number, toMs: number, timeZone: string): string {
  return `${dateIn(timeZone, fromMs)} to ${dateIn(timeZone, toMs - 1)}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function text(value: string): string {
  return value.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
