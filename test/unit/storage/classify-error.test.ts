import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isCorruption, toStorageError } from '../../../proxy/storage/classify-error.ts';
import { StorageError, type StorageFailure } from '../../../proxy/storage/errors.ts';

const PATH = join(tmpdir(), 'gatehouse.sqlite');
const withCode = (code: string) => Object.assign(new Error(`words of ${code}`), { code });

test.each<[string, StorageFailure]>([
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_CORRUPT_INDEX', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_FULL', 'disk_full'],
  ['ENOSPC', 'disk_full'],
  ['EDQUOT', 'disk_full'],
  ['SQLITE_READONLY', 'read_only'],
  ['SQLITE_READONLY_DIRECTORY', 'read_only'],
  ['EROFS', 'read_only'],
  ['EACCES', 'read_only'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_BUSY_RECOVERY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  // With space left and a directory that can be written, an I/O error is what it says.
  ['SQLITE_IOERR_READ', 'unavailable'],
  ['SQLITE_CANTOPEN', 'unavailable'],
  ['EIO', 'unavailable'],
])('%s is %s', (code, reason) => {
  const error = toStorageError(withCode(code), PATH);
  expect(error.reason).toBe(reason);
  expect(error.message).toMatch(/[.]$/);
  expect(error.message).toContain(tmpdir());
  expect(error.cause).toBeInstanceOf(Error);
  expect(isCorruption(withCode(code))).toBe(reason === 'corrupt');
});

test('what is classified already comes back as it is, and what is no error at all is still told', () => {
  const error = new StorageError('busy', 'wait');
  expect(toStorageError(error, PATH)).toBe(error);
  expect(toStorageError('words', PATH)).toMatchObject({
    reason: 'unavailable',
    message: expect.stringContaining('words'),
  });
});
