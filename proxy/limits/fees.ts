/** The fee on top of a provider's cost: how many basis points, and what a cost comes to with them. */
import type { FeesConfig } from '../contract/config.ts';
import { divideRoundingUp, toSafeNano } from '../contract/money.ts';

const BPS_PER_WHOLE = 10_000n;

/** The client's fee wins over the project's, that over the default. */
export function feeBpsFor(fees: FeesConfig, { project, client }: { project?: string; client?: string }): number {
  const ofClient = client === undefined ? undefined : own(fees.clients, client);
  const ofProject = project === undefined ? undefined : own(fees.projects, project);
  return ofClient ?? ofProject ?? fees.defaultBps;
}

/** Nano-dollars of cost and fee together, the fee rounded up once, as the ledger charges it. Throws RangeError past the safe range. */
export function withFeeNano(costNano: number, feeBps: number): number {
  if (feeBps === 0) return costNano;
  return toSafeNano(BigInt(costNano) + divideRoundingUp(BigInt(costNano) * BigInt(feeBps), BPS_PER_WHOLE));
}

/** A client may call itself `constructor`. */
function own(record: Readonly<Record<string, number>> | undefined, name: string): number | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
