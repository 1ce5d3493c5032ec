/** What every verb works with. */
import type { Clock } from '../core/clock.ts';
import type { Journal } from './journal.ts';
import type { OpenReserves } from './open-reserves.ts';
import type { Statements } from './statements.ts';
import type { WindowRows } from './window-rows.ts';

export interface Desk {
  readonly statements: Statements;
  readonly journal: Journal;
  readonly windows: WindowRows;
  readonly reserves: OpenReserves;
  readonly clock: Clock;
}
