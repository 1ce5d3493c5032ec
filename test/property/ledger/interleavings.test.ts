/**
 * Thousands of random histories: all verbs, valid and not, repeated, with a clock that jumps both ways and to the edges
 * of windows, changing limits, zones and restarts. Every answer has to be the model's, and at every end the audit is
 * clean and every kept row is what the model adds up.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BudgetWindow } from '../../../proxy/contract/config.ts';
import { LedgerConflictError, LedgerRefusedError } from '../../../proxy/ledger/errors.ts';
import type { SqliteLedger } from '../../../proxy/ledger/sqlite-ledger.ts';
import type { Limit, ReserveInput, SettleInput } from '../../../proxy/ledger/types.ts';
import { windowEndMs, windowStartMs } from '../../../proxy/ledger/windows.ts';
import { type LedgerOnDatabase, openLedgerInMemory } from '../../support/ledger.ts';
import { type CorrectInput, LedgerModel, type Outcome } from './model.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'America/Sao_Paulo',
  'Asia/Kolkata',
] as const;
const WINDOWS = ['hour', 'day', 'week', 'month', 'total'] as const satisfies readonly BudgetWindow[];
const ACCOUNTS = ['global', 'key:cli', 'key:ide', 'project:p', 'client:c', 'provider:x', 'model:x/m'] as const;
/** Two hours before Berlin's clocks go back, on a Sunday, near a month's end. */
const START_MS = Date.UTC(2026, 9, 24, 23);

const attemptId = fc.integer({ min: 0, max: 9 }).map((n) => `att${n}`);
const amountNano = fc.constantFrom(0, 1, 7, 50, 99, 400);
const reason = fc.constantFrom('one', 'two');
const account = fc.constantFrom(...ACCOUNTS);
const limit: fc.Arbitrary<Limit> = fc.record({
  budgetId: fc.constantFrom('b1', 'b2', 'b3'),
  account,
  window: fc.constantFrom(...WINDOWS),
  limitNano: fc.constantFrom(0, 50, 120, 500, 2_000),
});
const limits = fc.array(limit, { maxLength: 4 });

const reserveInput: fc.Arbitrary<ReserveInput> = fc.record(
  {
    attemptId,
    requestId: fc.constantFrom('r1', 'r2', 'r3', 'r4'),
    provider: fc.constantFrom('x', 'y'),
    model: fc.constantFrom('m', 'n/o'),
    accessKeyId: fc.constantFrom('cli', 'ide'),
    project: fc.constant('p'),
    client: fc.constant('c'),
    configVersion: fc.constant(1),
    amountNano,
    feeBps: fc.constantFrom(0, 1_500),
    limits,
    deadlineAtMs: fc.constantFrom(START_MS, START_MS + 3_600_000),
    dispatched: fc.boolean(),
    wallet: fc.constantFrom('global', 'key:cli', 'project:p'),
  },
  {
    requiredKeys: [
      'attemptId',
      'requestId',
      'provider',
      'model',
      'configVersion',
      'amountNano',
      'feeBps',
      'limits',
      'deadlineAtMs',
      'dispatched',
    ],
  },
);

const settleInput: fc.Arbitrary<SettleInput> = fc
  .record({
    attemptId,
    costNano: amountNano,
    certainty: fc.constantFrom('exact', 'estimated', 'unknown'),
    usage: fc.constantFrom(undefined, { inputTokens: 3 }, { inputTokens: 3, reasoningTokens: 0 }),
    reason: fc.option(reason, { nil: undefined }),
  })
  .map(({ costNano, usage, reason: why, ...rest }) => ({
    ...rest,
    ...(rest.certainty === 'unknown' ? {} : { costNano }),
    ...(usage === undefined ? {} : { usage }),
    ...(why === undefined ? {} : { reason: why }),
  }));

const adjustment: fc.Arbitrary<CorrectInput> = fc
  .record({
    id: fc.constantFrom('i1', 'i2', 'i3'),
    account,
    amountNano: fc.constantFrom(-30, 1, 45),
    reason,
    attemptId: fc.option(attemptId, { nil: undefined }),
  })
  .map(({ attemptId: id, ...rest }) => (id === undefined ? rest : { ...rest, attemptId: id }));

type Step =
  | { readonly do: 'reserve'; readonly input: ReserveInput }
  | { readonly do: 'settle'; readonly input: SettleInput }
  | { readonly do: 'release'; readonly attemptId: string; readonly reason: string }
  | { readonly do: 'dispatch'; readonly attemptId: string }
  | { readonly do: 'grant' | 'correct'; readonly input: CorrectInput }
  | { readonly do: 'recover'; readonly which: 'all' | 'overdue' }
  | { readonly do: 'spend'; readonly limits: readonly Limit[] }
  | { readonly do: 'clock'; readonly byMs: number }
  | { readonly do: 'edge'; readonly kind: BudgetWindow; readonly side: 'start' | 'end'; readonly byMs: number }
  | { readonly do: 'zone'; readonly zone: string }
  | { readonly do: 'again' }
  | { readonly do: 'reopen' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant('reserve' as const), input: reserveInput }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('settle' as const), input: settleInput }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('release' as const), attemptId, reason }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('dispatch' as const), attemptId }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('grant' as const, 'correct' as const), input: adjustment }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('recover' as const),
      which: fc.constantFrom('all' as const, 'overdue' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('spend' as const), limits }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('clock' as const),
      byMs: fc.constantFrom(1, 1_800_000, 3_600_000, 86_400_000, 700_000_000, -1, -7_200_000, -90_000_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('edge' as const),
      kind: fc.constantFrom(...WINDOWS),
      side: fc.constantFrom('start' as const, 'end' as const),
      byMs: fc.constantFrom(-1, 0, 1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('zone' as const), zone: fc.constantFrom(...ZONES) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('again' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
);

test('every history ends as the model says, with a clean audit', async () => {
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ZONES),
      fc.array(step, { minLength: 1, maxLength: 24, size: 'max' }),
      async (zone, history) => {
        steps += history.length;
        await run(zone, history);
      },
    ),
    { numRuns: 1_000 },
  );
  expect(steps).toBeGreaterThan(5_000);
});

async function run(zone: string, history: readonly Step[]): Promise<void> {
  using t = openLedgerInMemory(START_MS);
  const model = new LedgerModel(START_MS, zone);
  let ledger = t.open(zone);
  const heard: number[] = [];
  ledger.onTransfer((transfer) => heard.push(transfer.seq));
  let last: Step | undefined;
  for (const next of history) {
    const now = next.do === 'again' ? last : next;
    if (now === undefined) continue;
    if (now.do === 'reopen') {
      ledger = t.open(model.timeZone);
      ledger.onTransfer((transfer) => heard.push(transfer.seq));
    } else {
      await take(t, ledger, model, now);
    }
    last = now;
  }
  await compare(t, ledger, model);
  // Each entry was heard of once, in the chain's order.
  expect(heard).toEqual(Array.from({ length: model.entries }, (_, index) => index + 1));
}

async function take(t: LedgerOnDatabase, ledger: SqliteLedger, model: LedgerModel, now: Step): Promise<void> {
  switch (now.do) {
    case 'reserve': {
      const input = LedgerModel.touched(now.input);
      const answer = ledger.reserve(input).then((outcome) => (outcome.ok ? 'ok' : `budget:${outcome.budget.id}`));
      return same(answer, model.reserve(input));
    }
    case 'settle':
      return same(ledger.settle(now.input), model.settle(now.input));
    case 'release':
      return same(ledger.release(now.attemptId, now.reason), model.release(now.attemptId, now.reason));
    case 'dispatch':
      return same(ledger.markDispatched(now.attemptId), model.markDispatched(now.attemptId));
    case 'grant': {
      const { attemptId: _none, ...input } = { ...now.input, amountNano: Math.abs(now.input.amountNano) };
      return same(ledger.grant(input), model.grant(input));
    }
    case 'correct':
      return same(ledger.correct(now.input), model.correct(now.input));
    case 'recover': {
      const { released, settled } = await ledger.recover(now.which);
      expect({ released, settled }).toEqual(model.recover(now.which));
      return;
    }
    case 'spend': {
      const view = await ledger.spend(now.limits);
      const day = model.sums('global', 'day');
      expect(view).toMatchObject({
        todayNano: day.spentNano,
        requestsToday: day.requests,
        monthNano: model.sums('global', 'month').spentNano,
        heldNano: model.sums('global', 'total').heldNano,
      });
      for (const [index, budget] of view.budgets.entries()) {
        const { account: on, window, limitNano } = now.limits[index] ?? budgetMissing();
        const { spentNano, heldNano } = model.sums(on, window);
        expect(budget).toMatchObject({ spentNano, heldNano, leftNano: Math.max(0, limitNano - spentNano - heldNano) });
      }
      return;
    }
    case 'clock':
      return moveClock(t, model, t.clock.wallMs + now.byMs);
    case 'edge': {
      const edge = now.side === 'start' ? windowStartMs : windowEndMs;
      const at = edge(now.kind, t.clock.wallMs, model.timeZone) ?? 0;
      return at === 0 ? undefined : moveClock(t, model, at + now.byMs);
    }
    case 'zone':
      model.timeZone = now.zone;
      return ledger.setTimeZone(now.zone);
    case 'again':
    case 'reopen':
      return;
    default:
      now satisfies never;
  }
}

function moveClock(t: LedgerOnDatabase, model: LedgerModel, wallMs: number): void {
  t.clock.wallMs = wallMs;
  model.nowMs = wallMs;
}

async function same(answer: Promise<unknown>, expected: Outcome): Promise<void> {
  const got = await answer.then(
    (value) => (typeof value === 'string' ? value : 'ok'),
    (error: unknown) => {
      if (error instanceof LedgerConflictError) return 'conflict';
      if (error instanceof LedgerRefusedError) return error.reason;
      throw error;
    },
  );
  expect(got).toBe(expected);
}

async function compare(t: LedgerOnDatabase, ledger: SqliteLedger, model: LedgerModel): Promise<void> {
  const report = await ledger.audit();
  expect(report.problems).toEqual([]);
  const total = model.sums('global', 'total');
  expect(await ledger.balance()).toEqual({
    chargedNano: total.spentNano - model.correctedNano,
    heldNano: total.heldNano,
    grantedNano: model.grantedNano,
    correctedNano: model.correctedNano,
    openHolds: model.openHolds,
    entries: model.entries,
  });
  expect(report.balance).toEqual(await ledger.balance());
  for (const on of ACCOUNTS) expect((await ledger.wallet(on)).balanceNano, on).toBe(model.walletNano(on));
  const rows = t.db
    .prepare<[], { account: string; kind: BudgetWindow; startMs: number }>(
      'SELECT account, kind, start_ms AS startMs, spent_nano AS spentNano, held_nano AS heldNano, requests FROM spend_windows',
    )
    .all();
  for (const { account: on, kind, startMs, ...sums } of rows) expect(sums).toEqual(model.sums(on, kind, startMs));
}

function budgetMissing(): never {
  throw new Error('more budgets came back than were asked for');
}
