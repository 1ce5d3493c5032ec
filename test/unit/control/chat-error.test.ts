import { expect, it } from 'vitest';
import { chatError } from '../../../proxy/control/chat-error.ts';

it.each([
  [{ error: { message: 'No.', type: 'x', code: 'invalid_api_key' } }, { message: 'No.', code: 'invalid_api_key' }],
  [{ error: { message: 'No.', code: 401 } }, { message: 'No.', code: '401' }],
  [{ error: { message: 'No.', code: null } }, { message: 'No.' }],
  // Plenty of servers give none.
  [{ error: { message: 'No.' } }, { message: 'No.' }],
  [{ error: 'No.' }, { message: 'No.' }],
  [{ choices: [] }, undefined],
])('%j', (body, error) => {
  expect(chatError(JSON.stringify(body))).toEqual(error);
});

it('is none in what is no JSON', () => {
  expect(chatError('<html>')).toBeUndefined();
});
