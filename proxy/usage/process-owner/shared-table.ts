/**
 * One of the kernel's socket tables, read once for all who wait: a read costs milliseconds however few sockets there are.
 * A tool opens its connections in groups, so a read waits a moment for the rest of the group.
 */
import { setTimeout } from 'node:timers/promises';

const GROUP_MS = 3;

export interface SharedTable {
  /** The table as it was after this instant (monotonic ms), so that a connection made before it stands in it. */
  since(askedMs: number): Promise<string>;
}

/** `read` never rejects. */
export function createSharedTable(
  read: () => Promise<string>,
  monotonicMs: () => number,
  moment: () => Promise<unknown> = () => setTimeout(GROUP_MS),
): SharedTable {
  let latest: { beganMs: number; table: Promise<string> } | undefined;

  async function readForGroup(): Promise<string> {
    await moment();
    if (latest !== undefined) latest.beganMs = monotonicMs();
    return read();
  }

  return {
    since(askedMs) {
      if (latest === undefined || latest.beganMs <= askedMs)
        latest = { beganMs: Number.POSITIVE_INFINITY, table: readForGroup() };
      return latest.table;
    },
  };
}
