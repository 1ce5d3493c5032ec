/**
 * A process that works on a ledger until it is killed: `node ledger-child.ts <file> <seed> <name>`. Before each verb it
 * prints what it is about to do, after it that it is done: one line of JSON each, written before anything else happens.
 * It is started ahead of its turn and waits for a byte on stdin before it touches the file.
 */
import { readSync, writeSync } from 'node:fs';
import { systemClock } from '../../proxy/core/clock.ts';
import { createSqliteLedger } from '../../proxy/ledger/sqlite-ledger.ts';
import { globalLimit, openLedgerFile, reserveInput } from './ledger.ts';
import { seededRandom } from './seeded-random.ts';

export type ChildVerb =
  | { readonly verb: 'reserve'; readonly attemptId: string; readonly amountNano: number; readonly dispatched: boolean }
  | { readonly verb: 'dispatch'; readonly attemptId: string }
  | { readonly verb: 'settle'; readonly attemptId: string; readonly costNano: number }
  | { readonly verb: 'release'; readonly attemptId: string };

export interface ChildLine {
  readonly state: 'begin' | 'done';
  readonly what: ChildVerb;
}

const OPEN_MAX = 12;

function say(line: ChildLine): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

async function work(path: string, seed: number, name: string): Promise<never> {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const ledger = createSqliteLedger({ db: openLedgerFile(path), clock: systemClock, timeZone: 'Europe/Berlin' });
  await ledger.recover();
  const limits = [globalLimit(1_000_000_000), { ...globalLimit(1_000_000_000, 'hour', 'key'), account: 'key:cli' }];
  const open: { attemptId: string; dispatched: boolean }[] = [];

  async function run(what: ChildVerb): Promise<void> {
    say({ state: 'begin', what });
    switch (what.verb) {
      case 'reserve': {
        const { attemptId, amountNano, dispatched } = what;
        const outcome = await ledger.reserve(
          reserveInput(attemptId, amountNano, { dispatched, limits, wallet: 'global' }),
        );
        if (!outcome.ok) throw new Error('the budgets and the wallet of this test are never full');
        break;
      }
      case 'dispatch':
        await ledger.markDispatched(what.attemptId);
        break;
      case 'settle':
        await ledger.settle({ attemptId: what.attemptId, costNano: what.costNano, certainty: 'exact' });
        break;
      case 'release':
        await ledger.release(what.attemptId, 'refused_by_provider');
        break;
      default:
        what satisfies never;
    }
    say({ state: 'done', what });
  }

  for (let number = 0; ; number += 1) {
    if (open.length < OPEN_MAX && random() < 0.55) {
      const attempt = { attemptId: `${name}-${number}`, dispatched: random() < 0.5 };
      await run({ verb: 'reserve', ...attempt, amountNano: below(1_000) });
      open.push(attempt);
      continue;
    }
    const index = below(open.length);
    const attempt = open[index];
    if (attempt === undefined) continue;
    const { attemptId, dispatched } = attempt;
    if (!dispatched && random() < 0.6) {
      await run({ verb: 'dispatch', attemptId });
      attempt.dispatched = true;
    } else {
      open.splice(index, 1);
      if (dispatched && random() < 0.8) await run({ verb: 'settle', attemptId, costNano: below(1_200) });
      else await run({ verb: 'release', attemptId });
    }
  }
}

// Nobody let it begin: the test is over.
if (readSync(0, Buffer.alloc(1)) === 0) process.exit();
const [, , path = '', seed = '', name = ''] = process.argv;
await work(path, Number(seed), name);
