/** Why a tool could not be connected. */
export type ConnectFailure =
  /** Nothing is applied. */
  | 'not_applied'
  /** The tool is set up by hand. */
  | 'no_file'
  /** The file does not parse, has an unexpected shape, is too large, no plain file, or not ours to write. */
  | 'file_refused'
  /** The file could not be read or written. */
  | 'file_failed'
  /** The file changed while it was edited. */
  | 'file_changed'
  /** A file holds the key that would be replaced. */
  | 'key_in_use';

/** `message` says what to do; it never holds a secret or a piece of the file. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';
  readonly reason: ConnectFailure;

  constructor(reason: ConnectFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
