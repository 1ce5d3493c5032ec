/** Every schema version of Gatehouse, oldest first. A released migration is never edited: add the next one. */
import type { Migration } from '../migrate.ts';
import { accessKeyPolicyColumns } from './access-key-policy.ts';
import { alertTables } from './alerts.ts';
import { idempotencyTable } from './idempotency.ts';
import { ledgerTables } from './ledger.ts';
import { metadataTables } from './metadata.ts';
import { promptTables } from './prompts.ts';
import { usageTables } from './usage.ts';
import { walletTable } from './wallet.ts';

export const MIGRATIONS: readonly Migration[] = [
  { version: 1, name: 'initial', sql: metadataTables + ledgerTables },
  { version: 2, name: 'alerts', sql: alertTables },
  { version: 3, name: 'access_key_policy_and_idempotency', sql: accessKeyPolicyColumns + idempotencyTable },
  { version: 4, name: 'usage', sql: usageTables },
  { version: 5, name: 'wallet', sql: walletTable },
  { version: 6, name: 'prompts', sql: promptTables },
];
