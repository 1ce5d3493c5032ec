import { expect, test } from 'vitest';
import type { TransferView } from '../../../proxy/contract/views.ts';
import { LedgerConflictError, type LedgerRefusal, LedgerRefusedError } from '../../../proxy/ledger/errors.ts';
import type { Ledger, SettleInput } from '../../../proxy/ledger/types.ts';
import { exactly, openTestLedger, reserveInput } from '../../support/ledger.ts';

async function kinds(ledger: Ledger): Promise<string[]> {
  const { items } = await ledger.entries({ limit: 100 });
  return items.reverse().map((entry) => `${entry.kind} ${entry.amountNano}`);
}

async function refusal(work: Promise<unknown>): Promise<LedgerRefusal> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LedgerRefusedError)) throw new Error(`not refused: ${String(error)}`);
  return error.reason;
}

test('reserve, then charge and release of the rest', async () => {
  using t = openTestLedger();
  expect(await t.ledger.reserve(reserveInput('a', 1_000))).toEqual({ ok: true });
  expect(await t.ledger.balance()).toEqual({
    chargedNano: 0,
    heldNano: 1_000,
    grantedNano: 0,
    correctedNano: 0,
    openHolds: 1,
    entries: 1,
  });
  expect(await t.ledger.settle(exactly('a', 400))).toEqual({ chargedNano: 400, releasedNano: 600, overrunNano: 0 });
  expect(await kinds(t.ledger)).toEqual(['reserve 1000', 'charge 400', 'release 600']);
  expect(await t.ledger.balance()).toMatchObject({ chargedNano: 400, heldNano: 0, openHolds: 0, entries: 3 });
  expect((await t.ledger.audit()).problems).toEqual([]);
});

/** amount held, fee in bps, what is said -> charge row and settlement. */
const SETTLEMENTS: readonly (readonly [string, number, number, Omit<SettleInput, 'attemptId'>, object, object])[] = [
  [
    'the whole hold',
    500,
    0,
    { costNano: 500, certainty: 'exact' },
    { amountNano: 500, costNano: 500, feeNano: 0 },
    { chargedNano: 500, releasedNano: 0, overrunNano: 0 },
  ],
  [
    'nothing',
    500,
    0,
    { costNano: 0, certainty: 'exact' },
    { amountNano: 0, costNano: 0 },
    { chargedNano: 0, releasedNano: 500, overrunNano: 0 },
  ],
  [
    'a fee of 15 %',
    500,
    1_500,
    { costNano: 100, certainty: 'estimated' },
    { amountNano: 115, costNano: 100, feeNano: 15 },
    { chargedNano: 115, releasedNano: 385, overrunNano: 0 },
  ],
  [
    'a fee rounds up',
    500,
    1,
    { costNano: 1, certainty: 'exact' },
    { amountNano: 2, costNano: 1, feeNano: 1 },
    { chargedNano: 2, releasedNano: 498, overrunNano: 0 },
  ],
  [
    'an overrun is charged in full',
    500,
    0,
    { costNano: 700, certainty: 'exact' },
    { amountNano: 700 },
    { chargedNano: 700, releasedNano: 0, overrunNano: 200 },
  ],
  [
    'unknown charges the whole hold',
    500,
    1_500,
    { certainty: 'unknown' },
    { amountNano: 500, certainty: 'unknown' },
    { chargedNano: 500, releasedNano: 0, overrunNano: 0 },
  ],
  [
    'a free attempt',
    0,
    0,
    { costNano: 0, certainty: 'exact' },
    { amountNano: 0 },
    { chargedNano: 0, releasedNano: 0, overrunNano: 0 },
  ],
];

test.each(SETTLEMENTS)('settle: %s', async (_name, held, feeBps, said, charge, settlement) => {
  using t = openTestLedger();
  await t.ledger.reserve(reserveInput('a', held, { feeBps }));
  expect(await t.ledger.settle({ attemptId: 'a', ...said })).toEqual(settlement);
  const { items } = await t.ledger.entries({ limit: 2 });
  const written = items.find((entry) => entry.kind === 'charge');
  expect(written).toMatchObject({ ...charge, certainty: said.certainty });
  if (said.costNano === undefined) expect(written).not.toHaveProperty('costNano');
  const report = await t.ledger.audit();
  expect(report.problems).toEqual([]);
});

test('usage buckets that nobody reported stay unknown', async () => {
  using t = openTestLedger();
  await t.ledger.reserve(reserveInput('a', 10));
  await t.ledger.settle({
    attemptId: 'a',
    costNano: 3,
    certainty: 'exact',
    usage: { inputTokens: 7, outputTokens: 0 },
  });
  const charge = [...t.ledger.exportEntries()].find((entry) => entry.kind === 'charge');
  expect(charge).toMatchObject({ inputTokens: 7, outputTokens: 0 });
  expect(charge).not.toHaveProperty('cacheReadTokens');
  expect(charge).not.toHaveProperty('reasoningTokens');
  expect(t.db.prepare(`SELECT cache_read_tokens AS n FROM transfers WHERE kind = 'charge'`).get()).toEqual({ n: null });
});

test('release gives everything back', async () => {
  using t = openTestLedger();
  await t.ledger.reserve(reserveInput('a', 1_000, { dispatched: false }));
  await t.ledger.release('a', 'refused_by_provider');
  expect(await kinds(t.ledger)).toEqual(['reserve 1000', 'release 1000']);
  expect(await t.ledger.balance()).toMatchObject({ chargedNano: 0, heldNano: 0, openHolds: 0 });
});

test('the same again changes nothing', async () => {
  using t = openTestLedger();
  const heard: TransferView[] = [];
  t.ledger.onTransfer((transfer) => heard.push(transfer));
  const reserved = reserveInput('a', 1_000);
  const first = await t.ledger.reserve(reserved);
  t.clock.wallMs += 5_000;
  expect(await t.ledger.reserve(reserved)).toEqual(first);
  const settled = await t.ledger.settle(exactly('a', 400));
  expect(await t.ledger.settle(exactly('a', 400))).toEqual(settled);
  expect(await t.ledger.reserve(reserved)).toEqual(first);
  await t.ledger.reserve(reserveInput('b', 5));
  await t.ledger.release('b', 'why');
  await t.ledger.release('b', 'why');
  const grant = { id: 'g', account: 'key:cli', amountNano: 5, reason: 'welcome' };
  expect(await t.ledger.grant(grant)).toEqual(await t.ledger.grant(grant));
  const correction = { id: 'c', account: 'key:cli', amountNano: -5, reason: 'typo', attemptId: 'a' };
  expect(await t.ledger.correct(correction)).toEqual(await t.ledger.correct(correction));
  await t.ledger.reserve(reserveInput('d', 5));
  await t.ledger.markDispatched('d');
  expect(heard).toHaveLength(8);
  expect(await t.ledger.balance()).toMatchObject({ entries: 8 });
  expect((await t.ledger.audit()).ok).toBe(true);
});

test('the same id with other content is a conflict that names the fields', async () => {
  using t = openTestLedger();
  const reserved = reserveInput('a', 1_000);
  await t.ledger.reserve(reserved);
  const { project: _project, ...withoutProject } = reserved;
  for (const [other, fields] of [
    [{ ...reserved, amountNano: 999 }, ['amountNano']],
    [{ ...reserved, model: 'x', provider: 'y' }, ['provider', 'model']],
    [{ ...reserved, requestId: 'x' }, ['requestId']],
    [{ ...reserved, configVersion: 2 }, ['configVersion']],
    [{ ...reserved, dispatched: false }, ['dispatchedAtMs']],
    [withoutProject, ['project']],
  ] as const) {
    const error = await t.ledger.reserve(other).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LedgerConflictError);
    expect(error).toMatchObject({ transferId: 'a:reserve', fields });
  }
  await t.ledger.settle(exactly('a', 400));
  for (const other of [
    exactly('a', 401),
    exactly('a', 400, { certainty: 'estimated' }),
    exactly('a', 400, { reason: 'x' }),
    exactly('a', 400, { usage: { inputTokens: 11, outputTokens: 5 } }),
    exactly('a', 400, { usage: {} }),
  ]) {
    await expect(t.ledger.settle(other)).rejects.toBeInstanceOf(LedgerConflictError);
  }
  await t.ledger.reserve(reserveInput('b', 1));
  await t.ledger.release('b', 'one');
  await expect(t.ledger.release('b', 'two')).rejects.toBeInstanceOf(LedgerConflictError);
  await t.ledger.grant({ id: 'g', account: 'global', amountNano: 5, reason: 'x' });
  await expect(t.ledger.grant({ id: 'g', account: 'global', amountNano: 6, reason: 'x' })).rejects.toBeInstanceOf(
    LedgerConflictError,
  );
  expect(await t.ledger.balance()).toMatchObject({ entries: 6 });
});

test('every refusal has its own reason and writes nothing', async () => {
  using t = openTestLedger();
  const { ledger } = t;
  await ledger.reserve(reserveInput('settled', 10));
  await ledger.settle(exactly('settled', 4));
  await ledger.reserve(reserveInput('released', 10));
  await ledger.release('released', 'why');
  await ledger.reserve(reserveInput('waiting', 10, { dispatched: false }));
  await ledger.reserve(reserveInput('open', 10));
  const before = await ledger.balance();
  const correction = { id: 'c', account: 'global', amountNano: 1, reason: 'x' };
  const cases: readonly (readonly [LedgerRefusal, Promise<unknown>])[] = [
    ['unknown_attempt', ledger.settle(exactly('nobody', 1))],
    ['unknown_attempt', ledger.release('nobody', 'x')],
    ['unknown_attempt', ledger.markDispatched('nobody')],
    ['already_settled', ledger.release('settled', 'x')],
    ['already_settled', ledger.markDispatched('settled')],
    ['already_released', ledger.settle(exactly('released', 1))],
    ['already_released', ledger.markDispatched('released')],
    ['not_dispatched', ledger.settle(exactly('waiting', 1))],
    ['invalid_amount', ledger.reserve(reserveInput('x', -1))],
    ['invalid_amount', ledger.reserve(reserveInput('x', 0.5))],
    ['invalid_amount', ledger.reserve(reserveInput('x', 2 ** 53))],
    ['invalid_amount', ledger.reserve(reserveInput('x', Number.NaN))],
    ['invalid_amount', ledger.reserve(reserveInput('x', 1, { feeBps: -1 }))],
    ['invalid_amount', ledger.settle(exactly('open', -1))],
    ['invalid_amount', ledger.grant({ id: 'g', account: 'global', amountNano: 0, reason: 'x' })],
    ['invalid_amount', ledger.correct({ ...correction, amountNano: 0 })],
    ['invalid_usage', ledger.settle(exactly('open', 1, { usage: { inputTokens: -1 } }))],
    ['invalid_usage', ledger.settle(exactly('open', 1, { usage: { outputTokens: 1.5 } }))],
    ['cost_contradicts_certainty', ledger.settle({ attemptId: 'open', certainty: 'exact' })],
    ['cost_contradicts_certainty', ledger.settle({ attemptId: 'open', certainty: 'unknown', costNano: 0 })],
    ['invalid_account', ledger.grant({ id: 'g', account: 'everyone', amountNano: 1, reason: 'x' })],
    ['invalid_account', ledger.grant({ id: 'g', account: 'key:', amountNano: 1, reason: 'x' })],
    ['invalid_account', ledger.correct({ ...correction, account: 'model:gpt' })],
    ['unknown_attempt', ledger.correct({ ...correction, attemptId: 'nobody' })],
    ['still_open', ledger.correct({ ...correction, attemptId: 'open' })],
    ['account_not_touched', ledger.correct({ ...correction, account: 'key:other', attemptId: 'settled' })],
    [
      'account_not_touched',
      ledger.reserve(
        reserveInput('x', 1, { limits: [{ budgetId: 'b', account: 'key:other', window: 'day', limitNano: 9 }] }),
      ),
    ],
    ['invalid_cursor', ledger.entries({ limit: 1, cursor: 'abc' })],
  ];
  for (const [reason, work] of cases) expect(await refusal(work)).toBe(reason);
  expect(await ledger.balance()).toEqual(before);
  expect((await ledger.audit()).problems).toEqual([]);
});

test('sums that pass the safe range are refused and leave nothing behind', async () => {
  using t = openTestLedger();
  const max = Number.MAX_SAFE_INTEGER;
  await t.ledger.reserve(reserveInput('a', max - 10));
  expect(await refusal(t.ledger.reserve(reserveInput('b', 11)))).toBe('amount_too_large');
  await t.ledger.reserve(reserveInput('c', 10));
  await t.ledger.settle(exactly('c', 10));
  expect(await refusal(t.ledger.correct({ id: 'c', account: 'global', amountNano: 1, reason: 'x' }))).toBe(
    'amount_too_large',
  );
  await t.ledger.grant({ id: 'g', account: 'global', amountNano: max, reason: 'x' });
  expect(await refusal(t.ledger.grant({ id: 'h', account: 'global', amountNano: 1, reason: 'x' }))).toBe(
    'amount_too_large',
  );
  expect(await refusal(t.ledger.settle(exactly('a', max)))).toBe('amount_too_large');
  expect(await t.ledger.balance()).toMatchObject({ chargedNano: 10, heldNano: max - 10, entries: 5 });
  expect((await t.ledger.audit()).problems).toEqual([]);
});

test('a correction counts where its attempt counted, or now', async () => {
  using t = openTestLedger();
  await t.ledger.reserve(reserveInput('a', 1_000));
  await t.ledger.settle(exactly('a', 400));
  t.clock.wallMs += 40 * 86_400_000;
  await t.ledger.correct({ id: 'one', account: 'key:cli', amountNano: -150, reason: 'wrong price', attemptId: 'a' });
  await t.ledger.correct({ id: 'two', account: 'key:cli', amountNano: 70, reason: 'billed later' });
  const limits = (['month', 'total'] as const).flatMap((window) =>
    ['global', 'key:cli', 'project:chatbot', 'provider:openai', 'model:openai/gpt-4o-mini'].map((account) => ({
      budgetId: `${window} ${account}`,
      account,
      window,
      limitNano: 1_000,
    })),
  );
  const now = await t.ledger.spend(limits);
  expect(now.budgets.map(({ id, spentNano }) => [id, spentNano])).toEqual([
    ['month global', 70],
    ['month key:cli', 70],
    ['month project:chatbot', 0],
    ['month provider:openai', 0],
    ['month model:openai/gpt-4o-mini', 0],
    ['total global', 320],
    ['total key:cli', 320],
    ['total project:chatbot', 250],
    ['total provider:openai', 250],
    ['total model:openai/gpt-4o-mini', 250],
  ]);
  t.clock.wallMs -= 40 * 86_400_000;
  expect((await t.ledger.spend(limits)).monthNano).toBe(250);
  expect(await t.ledger.balance()).toMatchObject({ chargedNano: 400, correctedNano: -80 });
  expect((await t.ledger.audit()).problems).toEqual([]);
});

test('entries come newest first, page by page, whole or of one request', async () => {
  using t = openTestLedger();
  for (const attempt of ['a', 'b', 'c']) {
    await t.ledger.reserve(reserveInput(attempt, 10, { requestId: attempt === 'c' ? 'r2' : 'r1' }));
    if (attempt === 'a') await t.ledger.release('a', 'refused');
    else await t.ledger.settle(exactly(attempt, 5));
  }
  await t.ledger.correct({ id: 'fix', account: 'global', amountNano: 1, reason: 'x', attemptId: 'b' });
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await t.ledger.entries({ limit: 4, ...(cursor === undefined ? {} : { cursor }) });
    seen.push(...page.items.map((entry) => entry.id));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(seen).toEqual([
    'fix:correction',
    'c:release',
    'c:charge',
    'c:reserve',
    'b:release',
    'b:charge',
    'b:reserve',
    'a:release',
    'a:reserve',
  ]);
  const one = await t.ledger.entries({ limit: 3, requestId: 'r1' });
  expect(one.items.map((entry) => entry.id)).toEqual(['fix:correction', 'b:release', 'b:charge']);
  const two = await t.ledger.entries({ limit: 3, requestId: 'r1', cursor: one.nextCursor ?? '' });
  expect(two.items.map((entry) => entry.id)).toEqual(['b:reserve', 'a:release', 'a:reserve']);
  expect(two.nextCursor).toBeUndefined();
});

test('listeners hear each entry once, after its commit; one that throws does no harm', async () => {
  using t = openTestLedger();
  const heard: string[] = [];
  t.ledger.onTransfer(() => {
    throw new Error('a broken listener');
  });
  const stop = t.ledger.onTransfer((transfer) => {
    expect(t.db.inTransaction).toBe(false);
    heard.push(transfer.id);
  });
  await t.ledger.reserve(reserveInput('a', 10));
  await t.ledger.settle(exactly('a', 5));
  stop();
  await t.ledger.reserve(reserveInput('b', 10));
  expect(heard).toEqual(['a:reserve', 'a:charge', 'a:release']);
  expect(t.listenerErrors).toHaveLength(4);
});

test('after a crash undispatched holds are released and dispatched ones charged in full', async () => {
  using t = openTestLedger();
  await t.ledger.reserve(reserveInput('sent', 100, { feeBps: 100 }));
  await t.ledger.reserve(reserveInput('unsent', 50, { dispatched: false }));
  await t.ledger.reserve(reserveInput('marked', 70, { dispatched: false }));
  await t.ledger.markDispatched('marked');
  await t.ledger.reserve(reserveInput('done', 30));
  await t.ledger.settle(exactly('done', 10));
  const after = t.reopen();
  const report = await after.recover();
  expect(report).toMatchObject({ released: ['unsent'], settled: ['sent', 'marked'] });
  expect(report.interrupted.map(({ requestId, costNano }) => [requestId, costNano])).toEqual([
    ['req-of-sent', 100],
    ['req-of-unsent', undefined],
    ['req-of-marked', 70],
  ]);
  expect(await after.recover()).toEqual({ released: [], settled: [], interrupted: [] });
  const { items } = await after.entries({ limit: 100 });
  expect(items.find((entry) => entry.id === 'sent:charge')).toMatchObject({
    amountNano: 100,
    certainty: 'estimated',
    reason: 'crash_recovery',
  });
  expect(items.find((entry) => entry.id === 'unsent:release')).toMatchObject({
    amountNano: 50,
    reason: 'crash_recovery',
  });
  expect(await after.balance()).toMatchObject({ chargedNano: 180, heldNano: 0, openHolds: 0 });
  expect((await after.audit()).problems).toEqual([]);
});

test('a sweep while running takes only the overdue', async () => {
  using t = openTestLedger();
  await t.ledger.reserve(reserveInput('late', 100, { deadlineAtMs: t.clock.wallMs + 10 }));
  await t.ledger.reserve(reserveInput('young', 50, { deadlineAtMs: t.clock.wallMs + 10_000 }));
  t.clock.wallMs += 1_000;
  expect(await t.ledger.recover('overdue')).toMatchObject({ released: [], settled: ['late'] });
  expect(await t.ledger.balance()).toMatchObject({ heldNano: 50, openHolds: 1 });
});

test('odd text is stored as it can be read back', async () => {
  using t = openTestLedger();
  for (const [index, client] of ['a\ud800b', 'nul\0byte', 'emoji 🦀', '"quote\\', ''].entries()) {
    const input = reserveInput(`a${index}`, 1, { client });
    await t.ledger.reserve(input);
    await t.ledger.reserve(input);
  }
  expect((await t.ledger.audit()).problems).toEqual([]);
});
