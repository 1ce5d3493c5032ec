/** What the file system said, as a credential failure in plain words. */
import { CredentialError } from './types.ts';

/**
 * A system error becomes `denied` (reading) or `read_only` (writing); our own failures pass through. The cause is kept
 * only for system errors, which hold a code and a path: others might quote what they choked on.
 */
export function fileFailure(error: unknown, action: 'read' | 'write', path: string): CredentialError {
  if (error instanceof CredentialError) return error;
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) {
    const name = error instanceof Error ? error.name : typeof error;
    return new CredentialError(
      'corrupt',
      `${path} could not be used because of a fault in Gatehouse (${name}). Please report it.`,
    );
  }
  const code = String(error.code);
  if (action === 'read') {
    const message = `${path} could not be read (${code}). Check its owner and its permissions.`;
    return new CredentialError('denied', message, { cause: error });
  }
  const trouble = code === 'ENOSPC' || code === 'EDQUOT' ? 'the disk is full' : code;
  return new CredentialError(
    'read_only',
    `${path} could not be written (${trouble}). Its folder must be writable for this account and have room. What was stored before is unchanged.`,
    { cause: error },
  );
}
