import { expect, test } from 'vitest';
import { GatehouseError } from '../../../../proxy/core/errors.ts';
import { parseBedrockCredential } from '../../../../proxy/providers/bedrock/credential.ts';

const ID = 'AKIAIOSFODNN7EXAMPLE';
const TEMPORARY = 'ASIAIOSFODNN7EXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const SESSION = 'IQoJb3JpZ2luX2VjEXAMPLE//////////token==';

test.each([
  ['JSON', JSON.stringify({ accessKeyId: ID, secretAccessKey: SECRET }), undefined],
  [
    'JSON with a session',
    JSON.stringify({ accessKeyId: TEMPORARY, secretAccessKey: SECRET, sessionToken: SESSION }),
    SESSION,
  ],
  [
    'JSON with an empty session',
    JSON.stringify({ accessKeyId: ID, secretAccessKey: SECRET, sessionToken: null }),
    undefined,
  ],
  ['colons', `${ID}:${SECRET}`, undefined],
  ['colons with a session', `${TEMPORARY}:${SECRET}:${SESSION}\n`, SESSION],
])('%s', (_name, text, session) => {
  const credential = parseBedrockCredential(text);
  expect(credential).toMatchObject({ kind: 'access-key', secretAccessKey: SECRET });
  expect('sessionToken' in credential ? credential.sessionToken : undefined).toBe(session);
});

test('anything else in one piece is an API key', () => {
  expect(parseBedrockCredential(' ABSKQmVkcm9ja0FQSUtleS1leGFtcGxl= \n')).toEqual({
    kind: 'api-key',
    token: 'ABSKQmVkcm9ja0FQSUtleS1leGFtcGxl=',
  });
});

test.each([
  ['nothing', '  ', /is empty/],
  ['an id alone', ID, /without its secret access key/],
  ['an id with an empty secret', `${ID}:`, /without its secret access key/],
  ['four parts', `${ID}:${SECRET}:${SESSION}:more`, /more than three parts/],
  ['no id before a colon', `user:${SECRET}`, /does not begin with an access key id/],
  ['half a JSON', `{"accessKeyId":"${ID}","secretAccessKey":"${SECRET}`, /not a JSON object/],
  ['JSON without an id', JSON.stringify({ secretAccessKey: SECRET }), /no accessKeyId/],
  ['JSON without a secret', JSON.stringify({ accessKeyId: ID }), /no secretAccessKey/],
  [
    'a session that is no text',
    JSON.stringify({ accessKeyId: ID, secretAccessKey: SECRET, sessionToken: 7 }),
    /not text/,
  ],
  ['a temporary key without its session', `${TEMPORARY}:${SECRET}`, /no session token/],
  ['an id of other letters', JSON.stringify({ accessKeyId: 'me', secretAccessKey: SECRET }), /16 or more capitals/],
  [
    'a secret with a line break in it',
    JSON.stringify({ accessKeyId: ID, secretAccessKey: `${SECRET}\nx` }),
    /secret access key/,
  ],
  ['a session with a line break in it', `${ID}:${SECRET}:a\nb`, /session token/],
  ['a key with a line break in it', 'ABSK\nexample', /white space/],
])('refused without repeating it: %s', (_name, text, reason) => {
  let thrown: unknown;
  try {
    parseBedrockCredential(text);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(GatehouseError);
  const { code, message, cause } = thrown as GatehouseError;
  expect({ code, cause }).toEqual({ code: 'credential_missing', cause: undefined });
  expect(message).toMatch(reason);
  for (const piece of [SECRET, SESSION, ID, TEMPORARY, 'ABSK']) expect(message).not.toContain(piece);
});
