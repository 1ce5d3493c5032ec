import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { fileFailure } from '../../../proxy/credentials/file-failure.ts';
import { CredentialError } from '../../../proxy/credentials/types.ts';
import { CANARY, failureOf } from './support.ts';

const PATH = '/data/credentials.enc';

describe('what the file system says', () => {
  test.runIf(process.platform === 'linux')('a full disk is called a full disk', async () => {
    // Linux keeps a device that is always full.
    const error: unknown = await writeFile('/dev/full', 'x').catch((reason: unknown) => reason);
    const failure = fileFailure(error, 'write', PATH);
    expect(failure.reason).toBe('read_only');
    expect(failure.message).toContain('the disk is full');
    expect(failure.message).toContain('What was stored before is unchanged');
  });

  test('our own failures pass through as they are', () => {
    const failure = new CredentialError('corrupt', 'damaged');
    expect(fileFailure(failure, 'write', PATH)).toBe(failure);
  });

  test('an error of another kind is neither quoted nor kept, since it may hold what it choked on', async () => {
    const failure = await failureOf(Promise.reject(fileFailure(new SyntaxError(`bad: ${CANARY}`), 'read', PATH)));
    expect(failure.message).toContain('SyntaxError');
    expect(failure.cause).toBeUndefined();
  });
});
