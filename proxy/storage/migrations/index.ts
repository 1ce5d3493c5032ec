/** Every schema version of Gatehouse, oldest first. A released migration is never edited: add the next one. */
import type { Migration } from '../migrate.ts';
import { ledgerTables } from './ledger.ts';
import { metadataTables } from './metadata.ts';

export const MIGRATIONS: readonly Migration[] = [{ version: 1, name: 'initial', sql: metadataTables + ledgerTables }];
