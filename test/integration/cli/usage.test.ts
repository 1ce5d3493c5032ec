/** `gatehouse usage` and `gatehouse export`, run for real beside a running gateway and on a history of several months. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../support/cli/captured-io.ts';
import { callStatus, freshDataDir, gatehouse, type Served, serve } from '../../support/cli/gatehouse.ts';
import { type History, live, openHistory } from '../../support/usage-history.ts';

describe('beside a running gateway', () => {
  const dataDir = freshDataDir();
  const at = ['--data-dir', dataDir];
  let served: Served;

  beforeAll(async () => {
    served = await serve(at);
    expect(await callStatus(served.baseUrl, served.accessKey)).toBe(200);
    expect(await callStatus(served.baseUrl, served.accessKey)).toBe(200);
  });
  afterAll(async () => {
    expect(await served.stop()).toBe(0);
  });

  test('usage shows the calls of today', async () => {
    const { code, out, err } = await gatehouse(['usage', '--by', 'model', ...at]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^MODELSERVED +REQUESTS .* CHARGED/);
    expect(out).toMatch(/^\S*echo +2 /m);
    expect(out).toMatch(/^total +2 /m);
  });

  test('export writes a private file once, and says what the requests came to', async () => {
    const file = join(dirname(dataDir), 'requests.csv');
    const written = await gatehouse(['export', '--out', file, ...at]);
    expect(written).toMatchObject({ code: 0, out: '' });
    expect(written.err).toMatch(/^2 requests, charged [\d.]+ USD\.\n$/);
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(3);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await gatehouse(['export', '--out', file, ...at])).toMatchObject({ code: 1 });
  });
});

describe('on a history in Berlin', () => {
  const dataDir = freshDataDir();
  const at = ['--data-dir', dataDir];
  const inBerlin = (text: string) => Date.parse(text);

  async function told(): Promise<History> {
    const history = openHistory('Europe/Berlin', dataDir);
    // The last second of September and the first of November are not October's; the clocks change on the 25th.
    await live(history, { atMs: inBerlin('2026-09-30T23:59:59.999+02:00'), costNano: 5, project: 'acme' });
    await live(history, {
      atMs: inBerlin('2026-10-01T00:00:00+02:00'),
      costNano: 1_234_567_891,
      feeBps: 1_500,
      project: 'acme',
      client: '=HYPERLINK("x")',
    });
    await live(history, { atMs: inBerlin('2026-10-25T02:30:00+02:00'), costNano: 7, project: 'acme', model: '<b>n' });
    await live(history, { atMs: inBerlin('2026-10-25T02:30:00+01:00'), project: 'acme', holdNano: 100 });
    await live(history, { atMs: inBerlin('2026-10-31T23:59:59.999+01:00'), costNano: 11, project: 'zoo' });
    await live(history, { atMs: inBerlin('2026-11-01T00:00:00+01:00'), costNano: 13, project: 'acme' });
    return history;
  }

  test('months and days are those of the zone, also where clocks change', async () => {
    const history = await told();
    const usage = async (...flags: string[]) => {
      const { code, out, err } = await run(['usage', '--json', ...flags, ...at]);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      return JSON.parse(out);
    };
    expect((await usage('--month', '2026-10')).total).toMatchObject({ requests: 4, unknownCosts: 1 });
    const changing = await usage('--from', '2026-10-25', '--to', '2026-10-25', '--by', 'day');
    expect(changing.toMs - changing.fromMs).toBe(25 * 3_600_000);
    expect(changing.groups).toMatchObject([
      { key: { day: inBerlin('2026-10-25T00:00:00+02:00') }, figures: { requests: 2 } },
    ]);
    const hours = await usage('--from', '2026-10-25', '--to', '2026-10-25', '--by', 'hour');
    expect(hours.groups.map(({ key }: { key: { hour: number } }) => key.hour)).toEqual([
      inBerlin('2026-10-25T02:00:00+02:00'),
      inBerlin('2026-10-25T02:00:00+01:00'),
    ]);
    expect((await usage('--month', '2026-10', '--project', 'zoo')).total).toMatchObject({
      requests: 1,
      chargedNano: 11,
    });
    const table = await run(['usage', '--month', '2026-10', '--by', 'project,day', ...at]);
    expect(table.out).toMatch(/^zoo +2026-10-31 +1 /m);
    history.storage.close();
  });

  test('an invoice has the exact sums, rounds once and escapes what clients call themselves', async () => {
    const { code, out } = await run(['export', '--invoice', '--project', 'acme', '--month', '2026-10', ...at]);
    expect(code).toBe(0);
    // 1.234567891 and its fee of 15 % rounded up to the nano-dollar, 7, and a hold of 100 that is charged in full.
    const exact = 1_234_567_891 + 185_185_184 + 7 + 100;
    expect(out).toContain(
      `<th scope="row" colspan="7">Exact amount</th><td class="number">1.${String(exact).slice(1)}</td>`,
    );
    expect(out).toContain('<td class="number">$1.42</td>');
    expect(out).toContain('2026-10-01 to 2026-10-31 (Europe/Berlin)');
    expect(out).toContain('&lt;b&gt;n');
    expect(out).not.toContain('<b>n');
    expect(out).toContain('$0.000000100 of the charge is for calls whose cost is not known');
  });

  test('a spreadsheet runs nothing of an export', async () => {
    const { out } = await run(['export', '--month', '2026-10', ...at]);
    expect(out).toContain(`,"'=HYPERLINK(""x"")",`);
    expect(out.trimEnd().split('\n')).toHaveLength(5);
  });

  test.each([
    [['export', '--invoice', '--month', '2026-10'], /--project or one --client/],
    [['export', '--invoice', '--project', 'acme'], /needs its period/],
    [['export', '--invoice', '--project', 'acme', '--month', '2026-10', '--model', 'm'], /leave out --key/],
    [['export', '--from', '2026-02-30'], /"2026-02-30" is no day/],
    [['export', '--month', '2026-13'], /is no month/],
    [['export', '--month', '2026-10', '--from', '2026-10-01'], /Give --month, or/],
    [['export', '--from', '2026-10-02', '--to', '2026-10-01'], /ends before it begins/],
    [['usage', '--by', 'colour'], /"colour" is none of/],
  ])('%j is refused with what to write instead', async (argv, words) => {
    const { code, out, err } = await run([...argv, ...at]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(words);
  });
});
