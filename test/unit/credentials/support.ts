/** What the tests of this room share: a temporary data directory, real SQLite behind the index, a clock that can be moved. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { onTestFinished } from 'vitest';
import { type ProviderConfig, providerConfig } from '../../../proxy/contract/config.ts';
import { type Clock, systemClock } from '../../../proxy/core/clock.ts';
import { CredentialError } from '../../../proxy/credentials/types.ts';
import { createCredentialIndex } from '../../../proxy/storage/credential-index.ts';
import { openStorage } from '../../../proxy/storage/open.ts';

export const CANARY = 'sk-canary-7f3a91c4e2d85b60';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-credentials-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function realIndex(dataDir: string) {
  const storage = openStorage({ dataDir, clock: systemClock });
  onTestFinished(() => storage.close());
  return createCredentialIndex({ db: storage.db, clock: systemClock });
}

export function provider(id: string, more: Partial<ProviderConfig> = {}): ProviderConfig {
  return providerConfig.parse({ id, kind: 'openai', ...more });
}

export interface MovedClock extends Clock {
  advance(ms: number): void;
}

export function movedClock(): MovedClock {
  let nowMs = 1_000;
  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    advance(ms) {
      nowMs += ms;
    },
  };
}

/** The failure of `work`, after checking that nothing a log could show of it holds the canary. */
export async function failureOf(work: Promise<unknown>): Promise<CredentialError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CredentialError)) throw new Error(`no CredentialError but ${inspect(error)}`);
  const shown = `${inspect(error, { depth: 10, showHidden: true })} ${JSON.stringify(error)} ${error.stack}`;
  if (shown.includes(CANARY)) throw new Error('the error shows the secret');
  return error;
}
