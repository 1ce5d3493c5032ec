/** Which access key a request carries, under any of the names clients use. */
import type { IncomingHttpHeaders } from 'node:http';
import type { AccessKeyIdentity, AccessKeys } from '../access-keys/types.ts';
import { GatehouseError } from '../core/errors.ts';

/** They find our models by Ollama's routes, which need no key, and then have none for the call. */
const KEYLESS_EDITORS =
  'An editor that was given this address as an Ollama server sends no key: add Gatehouse as an OpenAI-compatible server with a key instead (GitHub Copilot in VS Code: "Custom Endpoint", which is kept in chatLanguageModels.json)';

/** Throws GatehouseError missing_access_key, invalid_access_key, revoked_access_key or key_expired; none of them repeats the key. */
export function authenticate(headers: IncomingHttpHeaders, keys: AccessKeys): AccessKeyIdentity {
  const secret = presentedKey(headers);
  if (secret === undefined) {
    throw new GatehouseError(
      'missing_access_key',
      `send a Gatehouse access key (gh_...) as "Authorization: Bearer" or "x-api-key"; create one under Access keys or with: gatehouse keys create <name>. ${KEYLESS_EDITORS}`,
    );
  }
  const verification = keys.verify(secret);
  switch (verification.state) {
    case 'valid':
      return verification.key;
    case 'revoked':
      throw new GatehouseError(
        'revoked_access_key',
        `the access key "${verification.id}" was revoked; create a new one under Access keys or with: gatehouse keys create <name>`,
      );
    case 'expired':
      throw new GatehouseError(
        'key_expired',
        `the access key "${verification.id}" expired at ${new Date(verification.expiredAtMs).toISOString()}; give it more time under Access keys or with: gatehouse keys update ${verification.id} --expires <when>`,
      );
    case 'unknown':
      throw new GatehouseError(
        'invalid_access_key',
        'this is not a Gatehouse access key of this gateway. Provider keys do not go here: Gatehouse holds those itself',
      );
    default:
      return verification satisfies never;
  }
}

function presentedKey(headers: IncomingHttpHeaders): string | undefined {
  const bearer = /^bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  for (const name of ['x-api-key', 'x-goog-api-key', 'api-key']) {
    const value = headers[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}
