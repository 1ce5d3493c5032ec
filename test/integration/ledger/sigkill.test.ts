/**
 * A process doing ledger work on a real file is killed with SIGKILL at a random point, 50 times on the same file. After
 * each kill: everything acknowledged is there, nothing is doubled, nothing stays open, and the audit is clean.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { SqliteLedger } from '../../../proxy/ledger/sqlite-ledger.ts';
import type { LedgerEntry } from '../../../proxy/ledger/types.ts';
import { openTestLedger } from '../../support/ledger.ts';
import type { ChildLine, ChildVerb } from '../../support/ledger-child.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const RUNS = 50;
/** Started ahead: what takes longest is a process to come up. */
const AHEAD = 2;
/** Some 15 s on two idle cores; much more beside other tests. */
const TIMEOUT_MS = 240_000;
const SEED = 20_261_120;
/** Twice as many lines as verbs. */
const LINES_MAX = 600;
const CHILD = fileURLToPath(new URL('../../support/ledger-child.ts', import.meta.url));

interface Known {
  amountNano: number;
  dispatched: boolean;
  /** What was acknowledged as its end. */
  end?: ChildVerb;
  /** What was begun and not acknowledged when the process died: done in full or not at all. */
  inFlight?: ChildVerb;
}

test(
  'killed at 50 random points: nothing lost, nothing doubled, nothing left open',
  async () => {
    using t = openTestLedger('Europe/Berlin');
    const random = seededRandom(SEED);
    const known = new Map<string, Known>();
    let acknowledged = 0;
    await t.ledger.grant({ id: 'filled', account: 'global', amountNano: 1_000_000_000, reason: 'for the storm' });
    const waiting = Array.from({ length: AHEAD }, (_, run) => start(t.path, SEED + run, `run${run}`));
    for (let run = 0; run < RUNS; run += 1) {
      if (run + AHEAD < RUNS) waiting.push(start(t.path, SEED + run + AHEAD, `run${run + AHEAD}`));
      const child = waiting.shift();
      if (child === undefined) throw new Error('no process was started ahead');
      const lines = await killAfter(Math.floor(random() ** 2 * LINES_MAX), child);
      acknowledged += learn(known, lines);
      const ledger = t.reopen();
      await ledger.recover();
      expect((await ledger.audit()).problems, `run ${run}`).toEqual([]);
      expect(await ledger.balance(), `run ${run}`).toMatchObject({ heldNano: 0, openHolds: 0 });
      compare(ledger, known, run);
    }
    expect(acknowledged).toBeGreaterThan(RUNS * 10);
  },
  TIMEOUT_MS,
);

function start(path: string, seed: number, name: string): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [CHILD, path, String(seed), name]);
}

/** Lets the child work and kills it as soon as it has printed this many lines; it works on until the kill arrives. */
async function killAfter(lineCount: number, child: ChildProcessWithoutNullStreams): Promise<ChildLine[]> {
  let printed = '';
  let complaints = '';
  let count = 0;
  const kill = () => {
    if (!child.killed) child.kill('SIGKILL');
  };
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    count += text.split('\n').length - 1;
    if (count > lineCount) kill();
  });
  child.stdin.write('g');
  const [, signal] = await once(child, 'close');
  expect({ signal, complaints }).toEqual({ signal: 'SIGKILL', complaints: '' });
  // The last line may be cut; a verb whose `done` was cut counts as in flight.
  return printed
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

function learn(known: Map<string, Known>, lines: readonly ChildLine[]): number {
  let done = 0;
  for (const [index, { state, what }] of lines.entries()) {
    if (state === 'begin') {
      const followed = lines[index + 1] !== undefined;
      if (!followed) begunOnly(known, what);
      continue;
    }
    done += 1;
    if (what.verb === 'reserve') {
      known.set(what.attemptId, { amountNano: what.amountNano, dispatched: what.dispatched });
      continue;
    }
    const attempt = known.get(what.attemptId);
    if (attempt === undefined) throw new Error('the child ended what it never reserved');
    if (what.verb === 'dispatch') attempt.dispatched = true;
    else attempt.end = what;
  }
  return done;
}

function begunOnly(known: Map<string, Known>, what: ChildVerb): void {
  const attempt = known.get(what.attemptId);
  if (attempt !== undefined) attempt.inFlight = what;
  else if (what.verb === 'reserve') known.set(what.attemptId, { ...what, inFlight: what });
}

function compare(ledger: SqliteLedger, known: ReadonlyMap<string, Known>, run: number): void {
  const byAttempt = new Map<string, LedgerEntry[]>();
  for (const entry of ledger.exportEntries()) {
    const { attemptId } = entry;
    if (attemptId === undefined) continue;
    byAttempt.set(attemptId, [...(byAttempt.get(attemptId) ?? []), entry]);
  }
  for (const attemptId of byAttempt.keys()) expect(known.has(attemptId), `${attemptId} was begun`).toBe(true);
  for (const [attemptId, attempt] of known) {
    const written = (byAttempt.get(attemptId) ?? []).map(({ kind, amountNano }) => `${kind} ${amountNano}`).join(', ');
    expect(allowed(attempt), `${attemptId} after run ${run}`).toContain(written);
  }
}

/** Every way an attempt may stand after recovery, given what was acknowledged and what was in flight. */
function allowed({ amountNano, dispatched, end, inFlight }: Known): string[] {
  const reserved = `reserve ${amountNano}`;
  const released = `${reserved}, release ${amountNano}`;
  const settled = (cost: number) => `${reserved}, charge ${cost}, release ${Math.max(0, amountNano - cost)}`;
  const recovered = dispatched ? settled(amountNano) : released;
  const after = (verb: ChildVerb): string => {
    if (verb.verb === 'settle') return settled(verb.costNano);
    if (verb.verb === 'release') return released;
    return verb.verb === 'dispatch' ? settled(amountNano) : recovered;
  };
  if (end !== undefined) return [after(end)];
  if (inFlight === undefined) return [recovered];
  return [inFlight.verb === 'reserve' ? '' : recovered, after(inFlight)];
}
