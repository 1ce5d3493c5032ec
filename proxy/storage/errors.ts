/** What can go wrong between Gatehouse and its database file. */
export type StorageFailure =
  /** The file cannot be read as a database any more. */
  | 'corrupt'
  | 'read_only'
  | 'disk_full'
  /** Written by a later release of Gatehouse. */
  | 'newer_schema'
  /** A migration that was applied is not the one this build knows: made by another build. */
  | 'schema_mismatch'
  /** A healthy database of another program. */
  | 'not_gatehouse'
  | 'migration_failed'
  /** Another process holds it. */
  | 'busy'
  /** The operating system refused for another reason; `message` has its words. */
  | 'unavailable';

/** `message` says in plain words what happened and what to do. `reason` is stable. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly reason: StorageFailure;
  /** Where a damaged database was kept (reason `corrupt`), if it was moved. */
  readonly keptPath?: string;

  constructor(reason: StorageFailure, message: string, options: ErrorOptions & { keptPath?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.reason = reason;
    if (options.keptPath !== undefined) this.keptPath = options.keptPath;
  }
}
