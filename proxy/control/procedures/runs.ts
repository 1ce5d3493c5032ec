/** Runs, answered: a key for one command with a budget of its own, and the receipt from the ledger. */
import { randomInt } from 'node:crypto';
import { AccessKeyError } from '../../access-keys/errors.ts';
import type { KeyRights } from '../../contract/config.ts';
import { runEnvironment } from '../../contract/run-environment.ts';
import type { RunReceipt } from '../../contract/runs.ts';
import type { AccessKeyView } from '../../contract/views.ts';
import { GatehouseError } from '../../core/errors.ts';
import { keyCapOf } from '../../limits/budgets.ts';
import { control } from '../implementer.ts';
import type { ControlParts } from '../types.ts';

/** What a run leaves under way is aborted, which settles within moments; nobody waits longer for a provider's words. */
const SETTLED_WITHIN_MS = 5_000;
const RANDOM_DIGITS = 8;
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

export function runProcedures(parts: ControlParts) {
  const { accessKeys, pipeline } = parts;
  return {
    runs: {
      create: control.runs.create.handler(async ({ input }) => {
        const { budgetUsd, ttlMs, name, project, models, maxTier, mode, onLimit = 'block' } = input;
        const policy: KeyRights = {
          cap: { window: 'total', limitUsd: budgetUsd, onLimit },
          ...(models === undefined ? {} : { models }),
          ...(maxTier === undefined ? {} : { maxTier }),
          ...(mode === undefined ? {} : { mode }),
        };
        const { key, secret } = accessKeys.create({
          id: freshId(name, new Set(accessKeys.list().map(({ id }) => id))),
          policy,
          ephemeral: { ttlMs },
          ...(project === undefined ? {} : { project }),
        });
        const { baseUrl } = parts.gateway(await parts.credentials.status());
        const expiresAtMs = key.expiresAtMs ?? key.createdAtMs + ttlMs;
        return { id: key.id, secret, env: runEnvironment({ baseUrl, secret }), expiresAtMs };
      }),
      receipt: control.runs.receipt.handler(({ input, errors }) => receiptOf(parts, keyOfRun(parts, errors, input.id))),
      end: control.runs.end.handler(async ({ input, errors }) => {
        const { id } = keyOfRun(parts, errors, input.id);
        revoke(parts, id);
        // A child of its own that lives on is part of what ended.
        pipeline.abortAll(
          new GatehouseError('revoked_access_key', 'the run that this access key was made for has ended'),
          ({ accessKeyId }) => accessKeyId === id,
        );
        await settled(parts, id);
        return receiptOf(parts, keyOfRun(parts, errors, id));
      }),
    },
  };
}

/** Never one that was there before: the ledger's sums of a key outlive it. */
function freshId(name: string | undefined, taken: ReadonlySet<string>): string {
  const stem = name === undefined ? 'run' : `run-${name}`;
  for (;;) {
    const digits = Array.from({ length: RANDOM_DIGITS }, () => DIGITS.charAt(randomInt(DIGITS.length)));
    const id = `${stem}-${digits.join('')}`;
    if (!taken.has(id)) return id;
  }
}

/** Its time may have been over first, and the sweep faster. */
function revoke({ accessKeys }: ControlParts, id: string): void {
  try {
    accessKeys.revoke(id);
  } catch (error) {
    if (!(error instanceof AccessKeyError && error.reason === 'not_found')) throw error;
  }
}

function keyOfRun(
  { accessKeys }: ControlParts,
  errors: { NOT_FOUND(options: { message: string }): Error },
  id: string,
): AccessKeyView {
  const key = accessKeys.list().find((known) => known.id === id && known.ephemeral === true);
  if (key === undefined) throw errors.NOT_FOUND({ message: `There is no run "${id}".` });
  return key;
}

async function receiptOf(parts: ControlParts, key: AccessKeyView): Promise<RunReceipt> {
  const cap = keyCapOf(key.id, key.policy);
  const [budget] = cap === undefined ? [] : (await parts.ledger.spend([cap])).budgets;
  if (budget === undefined) throw new Error(`the run ${key.id} has lost its budget`);
  return {
    id: key.id,
    ...(key.project === undefined ? {} : { project: key.project }),
    startedAtMs: key.createdAtMs,
    ...(key.expiresAtMs === undefined ? {} : { expiresAtMs: key.expiresAtMs }),
    ...(key.revokedAtMs === undefined ? {} : { endedAtMs: key.revokedAtMs }),
    ...parts.runBooks.sums(key.id, key.createdAtMs),
    budget,
  };
}

/** Resolves when no hold of the key is open, or when the time is over: the receipt then says how many are. */
async function settled({ ledger, runBooks, accessKeys }: ControlParts, id: string): Promise<void> {
  const sinceMs = accessKeys.list().find((key) => key.id === id)?.createdAtMs ?? 0;
  const open = (): boolean => runBooks.sums(id, sinceMs).openHolds > 0;
  if (!open()) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      unsubscribe();
      clearTimeout(deadline);
      resolve();
    };
    const unsubscribe = ledger.onTransfer(({ accessKeyId, kind }) => {
      if (accessKeyId === id && kind === 'release' && !open()) done();
    });
    const deadline = setTimeout(done, SETTLED_WITHIN_MS);
    // Between the look and the subscription nothing ran; but the ledger may tell of what it wrote before.
    if (!open()) done();
  });
}
