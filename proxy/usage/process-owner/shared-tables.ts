/** The kernel's socket tables, read once for all who wait: a read costs milliseconds however few sockets there are. */

export interface SharedTables {
  /** Tables that were read after this instant (monotonic ms), so that a connection made before it stands in them. */
  since(askedMs: number): Promise<readonly string[]>;
}

/** `read` never rejects. */
export function createSharedTables(read: () => Promise<readonly string[]>, monotonicMs: () => number): SharedTables {
  let latest: { readonly beganMs: number; readonly tables: Promise<readonly string[]> } | undefined;
  return {
    since(askedMs) {
      if (latest === undefined || latest.beganMs <= askedMs) latest = { beganMs: monotonicMs(), tables: read() };
      return latest.tables;
    },
  };
}
