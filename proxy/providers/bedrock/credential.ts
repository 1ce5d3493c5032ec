/**
 * The secret of a Bedrock provider as it lies in the keychain, in one of three forms:
 *
 *     {"accessKeyId":"AKIA...","secretAccessKey":"...","sessionToken":"..."}     the session token only for temporary keys
 *     AKIA...:<secret access key>[:<session token>]
 *     <a Bedrock API key>                                                       sent as a bearer token, nothing is signed
 */
import { GatehouseError } from '../../core/errors.ts';
import { asObject, asText, parseJson } from '../../core/json-value.ts';

export type BedrockCredential =
  | {
      readonly kind: 'access-key';
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly sessionToken?: string;
    }
  | { readonly kind: 'api-key'; readonly token: string };

const ACCESS_KEY_ID = /^[A-Z0-9]{16,128}$/;
/** AKIA: a user's; ASIA: temporary, which has a session token. */
const BEGINS_LIKE_ACCESS_KEY = /^(?:AKIA|ASIA)[A-Z0-9]{12,}/;
/** What a header can carry; keys and tokens are base64 and the like. */
const HEADER_SAFE = /^[\x21-\x7e]+$/;

/** Throws GatehouseError credential_missing; the message never repeats a part of the secret. */
export function parseBedrockCredential(secret: string): BedrockCredential {
  const text = secret.trim();
  if (text === '') throw wrong('is empty');
  if (text.startsWith('{')) return fromJson(text);
  if (BEGINS_LIKE_ACCESS_KEY.test(text)) return fromColons(text);
  if (!HEADER_SAFE.test(text)) throw wrong('has white space or letters in it that no key has');
  if (text.includes(':')) throw wrong('has a colon in it but does not begin with an access key id');
  return { kind: 'api-key', token: text };
}

function fromJson(text: string): BedrockCredential {
  const fields = asObject(parseJson(text));
  if (fields === undefined) throw wrong('begins like JSON but is not a JSON object');
  const accessKeyId = asText(fields.accessKeyId);
  const secretAccessKey = asText(fields.secretAccessKey);
  if (accessKeyId === undefined) throw wrong('has no accessKeyId');
  if (secretAccessKey === undefined) throw wrong('has no secretAccessKey');
  const { sessionToken } = fields;
  if (sessionToken !== undefined && sessionToken !== null && typeof sessionToken !== 'string') {
    throw wrong('has a sessionToken that is not text');
  }
  return accessKey(accessKeyId, secretAccessKey, sessionToken ?? undefined);
}

function fromColons(text: string): BedrockCredential {
  const [accessKeyId = '', secretAccessKey, sessionToken, ...rest] = text.split(':');
  if (secretAccessKey === undefined || secretAccessKey === '') {
    throw wrong('is an access key id without its secret access key');
  }
  if (rest.length > 0) throw wrong('has more than three parts between colons');
  return accessKey(accessKeyId, secretAccessKey, sessionToken);
}

function accessKey(accessKeyId: string, secretAccessKey: string, sessionToken: string | undefined): BedrockCredential {
  if (!ACCESS_KEY_ID.test(accessKeyId)) throw wrong('has an access key id that is not 16 or more capitals and digits');
  if (!HEADER_SAFE.test(secretAccessKey))
    throw wrong('has white space or letters in its secret access key that none has');
  if (sessionToken === undefined || sessionToken === '') {
    if (accessKeyId.startsWith('ASIA')) throw wrong('is temporary (its id begins with ASIA) but has no session token');
    return { kind: 'access-key', accessKeyId, secretAccessKey };
  }
  if (!HEADER_SAFE.test(sessionToken)) throw wrong('has white space or letters in its session token that none has');
  return { kind: 'access-key', accessKeyId, secretAccessKey, sessionToken };
}

function wrong(what: string): GatehouseError {
  return new GatehouseError(
    'credential_missing',
    `The credential of this Bedrock provider ${what}. Store {"accessKeyId":"...","secretAccessKey":"..."}, ` +
      'accessKeyId:secretAccessKey[:sessionToken], or a Bedrock API key.',
  );
}
