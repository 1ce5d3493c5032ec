/** Why a change to the access keys was refused. */
export type AccessKeyFailure = 'id_taken' | 'managed' | 'not_found' | 'too_short' | 'value_taken';

/** `message` says what to do; it never contains a key. */
export class AccessKeyError extends Error {
  override readonly name = 'AccessKeyError';
  readonly reason: AccessKeyFailure;

  constructor(reason: AccessKeyFailure, message: string) {
    super(message);
    this.reason = reason;
  }
}
