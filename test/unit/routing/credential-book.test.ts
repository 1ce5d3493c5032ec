import { expect, test } from 'vitest';
import { createCredentialBook } from '../../../proxy/routing/credential-book.ts';

test('a refused credential stays refused until it is cleared, and each change is told once', () => {
  const book = createCredentialBook();
  const told: [string, boolean][] = [];
  book.onChange((id, refused) => told.push([id, refused !== undefined]));
  book.refuse({ providerId: 'p', sinceMs: 5, status: 401, code: 'invalid_api_key' });
  book.refuse({ providerId: 'p', sinceMs: 9, status: 403 });
  book.refuse({ providerId: 'q', sinceMs: 6 });
  expect(book.of('p')).toEqual({ providerId: 'p', sinceMs: 5, status: 401, code: 'invalid_api_key' });
  expect(book.list().map(({ providerId }) => providerId)).toEqual(['p', 'q']);
  book.clear('p');
  book.clear('p');
  expect(book.of('p')).toBeUndefined();
  expect(told).toEqual([
    ['p', true],
    ['q', true],
    ['p', false],
  ]);
});
