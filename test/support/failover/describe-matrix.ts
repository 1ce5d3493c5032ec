/** The matrix as tests: a test for each kind of failure, and the table of what came of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAILURE_KINDS } from './failures.ts';
import { expectedOf, faultsOf } from './judge.ts';
import { CASES, type Case, type Ended, failingAt, type Matrix, startMatrix, targetsOf } from './matrix.ts';
import { WIRES, type WireProtocol } from './wires.ts';

export function describeMatrix(speaks: WireProtocol, spoken: WireProtocol): void {
  describe(`${speaks} clients, ${spoken} providers`, () => {
    let matrix: Matrix;
    let health: ReadonlyMap<string, string>;
    const ended = new Map<Case, Ended>();

    beforeAll(async () => {
      matrix = await startMatrix(speaks, spoken);
      await Promise.all(CASES.map(async (each) => ended.set(each, await matrix.run(each))));
      health = await matrix.healthOf();
    }, 180_000);
    afterAll(async () => {
      process.stdout.write(tableOf(`${speaks} -> ${spoken}`, ended));
      await matrix.close();
    });

    for (const kind of FAILURE_KINDS) {
      it(`${kind.name}: ${kind.sequel}`, () => {
        const faults = CASES.filter((each) => each.kind === kind).flatMap((each) => {
          const end = ended.get(each);
          if (end === undefined) return ['the case did not run'];
          return [...faultsOf(each, end, WIRES[spoken]), ...healthFaults(each, health)].map(
            (fault) => `${each.form}, ${each.position}: ${fault}`,
          );
        });
        expect(faults).toEqual([]);
      });
    }

    it('leaves books that balance, with no hold open', async () => {
      const audit = await matrix.gate.control.ledger.audit();
      expect(audit).toMatchObject({ ok: true, problems: [], balance: { openHolds: 0, heldNano: 0 } });
      const charged = [...ended.values()].flatMap(({ entries }) => entries.filter(({ kind }) => kind === 'charge'));
      expect(audit.balance.chargedNano).toBe(charged.reduce((sum, { amountNano }) => sum + amountNano, 0));
    });
  });
}

function healthFaults(each: Case, health: ReadonlyMap<string, string>): string[] {
  const { tried, server } = expectedOf(each);
  const failing = targetsOf(each)[failingAt(each)] ?? '';
  const faults: string[] = [];
  const same = (id: string, wanted: string) => {
    const found = health.get(id);
    if (found !== wanted) faults.push(`health of ${id}: found ${found}, expected ${wanted}`);
  };
  same(failing, each.kind.health);
  if (server !== undefined) same(server, 'ok');
  for (const id of targetsOf(each)) if (!tried.includes(id)) same(id, 'unknown');
  return faults;
}

/** Kind x outcome: who was asked (a, b, c), and what the client got, for the failing target at the first, second, last place. */
function tableOf(title: string, ended: ReadonlyMap<Case, Ended>): string {
  const rows = [...ended].map(([each, { read, tried }]) => {
    const letters = expectedOf(each)
      .tried.map((id) => id.at(-1))
      .join('');
    const outcome = read.complete
      ? `${read.status} served`
      : `${read.status} ${read.text === '' ? 'error' : 'in-band error'}`;
    const cells = [each.kind.name.padEnd(32), each.form.padEnd(7), each.position.padEnd(7), letters.padEnd(5)];
    return `  ${cells.join(' ')} ${String(tried.length).padEnd(2)} ${outcome}`;
  });
  return `${title}: ${rows.length} cases\n${rows.join('\n')}\n`;
}
