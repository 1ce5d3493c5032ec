/** How a credential travels to a provider, by the header each one wants it in. */

export type Authenticate = (
  headers: Readonly<Record<string, string>>,
  secret: string | undefined,
) => Readonly<Record<string, string>>;

/** `Authorization: Bearer`. */
export const bearer: Authenticate = (headers, secret) =>
  secret === undefined ? headers : { ...headers, authorization: `Bearer ${secret}` };

/** The version this gateway was written against; a client that names its own is served by that one. */
const ANTHROPIC_VERSION = '2023-06-01';

const withVersion: Authenticate = (headers) =>
  headers['anthropic-version'] === undefined ? { ...headers, 'anthropic-version': ANTHROPIC_VERSION } : headers;

/** `x-api-key`, and the version that Anthropic refuses a request without. */
export const anthropicKey: Authenticate = (headers, secret) => {
  const versioned = withVersion(headers, undefined);
  return secret === undefined ? versioned : { ...versioned, 'x-api-key': secret };
};

/** Other servers of the protocol read one of the two headers: Ollama's cloud takes only Bearer, most only `x-api-key`. */
export const anthropicKeyAndBearer: Authenticate = (headers, secret) => bearer(anthropicKey(headers, secret), secret);

/** `x-goog-api-key`; the query parameter `key` would stand in every proxy's log. */
export const googleKey: Authenticate = (headers, secret) =>
  secret === undefined ? headers : { ...headers, 'x-goog-api-key': secret };
