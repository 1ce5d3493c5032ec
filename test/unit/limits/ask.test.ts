import { describe, expect, test } from 'vitest';
import { approvalView } from '../../../proxy/contract/limits.ts';
import type { BudgetView } from '../../../proxy/contract/views.ts';
import { type ApprovalQuestion, createApprovals, withoutLimit } from '../../../proxy/limits/ask.ts';
import { globalLimit, openTestLedger, reserveInput } from '../../support/ledger.ts';

const budget = (id: string): BudgetView => ({
  id,
  scope: 'global',
  window: 'day',
  limitNano: 10,
  spentNano: 5,
  heldNano: 0,
  leftNano: 5,
  windowStartMs: 0,
  resetsAtMs: 86_400_000,
});
const question = (more: Partial<ApprovalQuestion> = {}): ApprovalQuestion => ({
  requestId: 'req_1',
  budget: budget('day'),
  neededNano: 7,
  provider: 'groq',
  model: 'llama',
  ...more,
});

function room(waitingMax = 3) {
  const timers = new Set<() => void>();
  const seen: number[] = [];
  const approvals = createApprovals({
    clock: { nowMs: () => 1_000 },
    timeoutMs: 60_000,
    waitingMax,
    after: (ms, work) => {
      expect(ms).toBe(60_000);
      timers.add(work);
      return () => void timers.delete(work);
    },
  });
  return { approvals, timers, seen, watch: () => approvals.watch((waiting) => seen.push(waiting.length)) };
}

describe('asking', () => {
  test.each(['allow-once', 'raise', 'refuse'] as const)('%s is told to the call that waits', async (answer) => {
    const { approvals, timers, seen, watch } = room();
    watch();
    const asked = approvals.ask(question({ accessKeyId: 'cli' }));
    const [view] = approvals.list();
    expect(approvalView.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      requestId: 'req_1',
      askedAtMs: 1_000,
      endsAtMs: 61_000,
      neededNano: 7,
      accessKeyId: 'cli',
    });
    expect(approvals.answer(view?.id ?? '', answer)).toBe(true);
    expect(await asked).toEqual({ answer, because: 'answered' });
    expect([approvals.list(), timers.size, seen]).toEqual([[], 0, [1, 0]]);
    expect(approvals.answer(view?.id ?? '', answer)).toBe(false);
  });

  test('nobody watches: refused at once', async () => {
    const { approvals } = room();
    expect(await approvals.ask(question())).toEqual({ answer: 'refuse', because: 'nobody' });
  });

  test('nobody answers in time', async () => {
    const { approvals, timers, watch } = room();
    watch();
    const asked = approvals.ask(question());
    for (const fire of timers) fire();
    expect(await asked).toEqual({ answer: 'refuse', because: 'timed-out' });
    expect(approvals.list()).toEqual([]);
  });

  test('the last who could answer goes', async () => {
    const { approvals, timers, watch } = room();
    const [one, other] = [watch(), watch()];
    const asked = approvals.ask(question());
    one();
    one();
    expect(approvals.list()).toHaveLength(1);
    other();
    expect(await asked).toEqual({ answer: 'refuse', because: 'nobody' });
    expect(timers.size).toBe(0);
  });

  test('the client leaves', async () => {
    const { approvals, timers, seen, watch } = room();
    watch();
    const client = new AbortController();
    const asked = approvals.ask(question(), client.signal);
    client.abort();
    expect(await asked).toEqual({ answer: 'refuse', because: 'left' });
    expect([approvals.list(), timers.size, seen]).toEqual([[], 0, [1, 0]]);
    expect(await approvals.ask(question(), client.signal)).toEqual({ answer: 'refuse', because: 'left' });
  });

  test('too many wait already', async () => {
    const { approvals, watch } = room(2);
    watch();
    void approvals.ask(question());
    const second = approvals.ask(question());
    expect(await approvals.ask(question())).toEqual({ answer: 'refuse', because: 'too-many' });
    const [, view] = approvals.list();
    approvals.answer(view?.id ?? '', 'refuse');
    expect((await second).answer).toBe('refuse');
    void approvals.ask(question());
    expect(approvals.list()).toHaveLength(2);
  });

  test('raise answers every call that waits for that budget, and no other', async () => {
    const { approvals, watch } = room();
    watch();
    const day = [approvals.ask(question()), approvals.ask(question())];
    void approvals.ask(question({ budget: budget('month') }));
    approvals.answer(approvals.list()[1]?.id ?? '', 'raise');
    expect(await Promise.all(day)).toEqual([
      { answer: 'raise', because: 'answered' },
      { answer: 'raise', because: 'answered' },
    ]);
    expect(approvals.list().map((view) => view.budget.id)).toEqual(['month']);
  });

  test('allow-once answers one', () => {
    const { approvals, watch } = room();
    watch();
    void approvals.ask(question());
    void approvals.ask(question());
    approvals.answer(approvals.list()[0]?.id ?? '', 'allow-once');
    expect(approvals.list()).toHaveLength(1);
  });
});

test('what is allowed once passes that budget alone, and counts in it', async () => {
  using test = openTestLedger();
  const limits = [globalLimit(10, 'day', 'day'), globalLimit(30, 'month', 'month')];
  const left = withoutLimit(limits, 'day');
  expect(left).toEqual([limits[1]]);
  expect(await test.ledger.reserve(reserveInput('a', 20, { limits: left }))).toEqual({ ok: true });
  expect((await test.ledger.spend(limits)).budgets).toMatchObject([
    { heldNano: 20, leftNano: 0 },
    { heldNano: 20, leftNano: 10 },
  ]);
  expect(await test.ledger.reserve(reserveInput('b', 20, { limits: left }))).toMatchObject({
    ok: false,
    budget: { id: 'month' },
  });
});
