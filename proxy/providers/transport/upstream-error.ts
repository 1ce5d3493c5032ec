/** What undici, the resolver and TLS call a failure, in our codes and in plain words. Matched on `code`, never on text. */
import { type ErrorCode, GatehouseError } from '../../core/errors.ts';
import { CertificateFileError } from './certificates.ts';
import { ProxySettingError } from './proxy-for.ts';

type Explained = readonly [code: ErrorCode, words: string];

const BY_CODE: Readonly<Record<string, Explained>> = {
  UND_ERR_CONNECT_TIMEOUT: ['upstream_connect_timeout', 'no connection within the time limit'],
  ETIMEDOUT: ['upstream_connect_timeout', 'the connection attempt timed out'],
  UND_ERR_HEADERS_TIMEOUT: [
    'upstream_first_byte_timeout',
    'connected, but it did not begin to answer within the time limit',
  ],
  UND_ERR_BODY_TIMEOUT: [
    'upstream_idle_timeout',
    'began to answer and then went silent for longer than the time limit',
  ],
  ECONNREFUSED: [
    'upstream_connect_failed',
    'nothing accepts connections there. Is the server running, and is the port right?',
  ],
  ENOTFOUND: ['upstream_connect_failed', 'the host name does not resolve. Check baseUrl and the network'],
  EAI_AGAIN: ['upstream_connect_failed', 'the name server does not answer. Check the network'],
  EHOSTUNREACH: ['upstream_connect_failed', 'there is no route to that host'],
  ENETUNREACH: ['upstream_connect_failed', 'the network is unreachable'],
  EADDRNOTAVAIL: ['upstream_connect_failed', 'that address is not available from this machine'],
  EACCES: ['upstream_connect_failed', 'the system denied the connection'],
  EMFILE: ['upstream_connect_failed', 'this process has too many open files'],
  UND_ERR_SOCKET: ['upstream_cut', 'closed the connection before the answer was complete'],
  ECONNRESET: ['upstream_cut', 'reset the connection before the answer was complete'],
  EPIPE: ['upstream_cut', 'closed the connection while the request was being sent'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['upstream_cut', 'sent fewer bytes than it announced'],
  UND_ERR_RES_EXCEEDED_MAX_SIZE: ['upstream_too_large', 'sent an answer over the size limit'],
  UND_ERR_HEADERS_OVERFLOW: ['upstream_malformed', 'sent headers over the size limit'],
  CERT_HAS_EXPIRED: ['upstream_tls_failed', 'its certificate has expired (or the clock of this machine is wrong)'],
  CERT_NOT_YET_VALID: ['upstream_tls_failed', 'its certificate is not valid yet (is the clock of this machine right?)'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['upstream_tls_failed', 'its certificate is for another host name'],
  ERR_SSL_WRONG_VERSION_NUMBER: [
    'upstream_tls_failed',
    'it does not speak TLS on that port. Should baseUrl begin with http://?',
  ],
};

const UNTRUSTED = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

/** Always an upstream_* GatehouseError; the cause keeps the original for the log's error code. */
export function upstreamError(error: unknown, origin: string, proxy?: string): GatehouseError {
  if (error instanceof GatehouseError) return error;
  if (error instanceof ProxySettingError)
    return new GatehouseError('upstream_connect_failed', error.message, { cause: error });
  if (error instanceof CertificateFileError)
    return new GatehouseError('upstream_tls_failed', error.message, { cause: error });
  const code = errorCode(error);
  const [ours, words] = proxy !== undefined && code === 'UND_ERR_ABORTED' ? TUNNEL_REFUSED : explain(code);
  const way = proxy === undefined ? origin : `${origin} through ${proxy}`;
  return new GatehouseError(ours, `${way}: ${words} (${code})`, { cause: error });
}

/** undici's word for any answer to CONNECT but 200: 407 when the proxy wants a password, 403 when it forbids the host. */
const TUNNEL_REFUSED: Explained = [
  'upstream_connect_failed',
  'the proxy did not open a tunnel. Does it need a user and password in its address, or does it forbid this host?',
];

function explain(code: string): Explained {
  const known = BY_CODE[code];
  if (known !== undefined) return known;
  if (UNTRUSTED.has(code)) {
    return [
      'upstream_tls_failed',
      'its certificate is signed by an authority this machine does not trust. Behind a company proxy, point NODE_EXTRA_CA_CERTS at its CA file',
    ];
  }
  if (code.startsWith('HPE_') || code === 'HTTPParserError')
    return ['upstream_malformed', 'its answer is not valid HTTP'];
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code === 'EPROTO')
    return ['upstream_tls_failed', 'the TLS handshake failed'];
  return ['upstream_connect_failed', 'the request could not be sent'];
}

/** AggregateError of a dual-stack connect carries the codes in `errors`. */
function errorCode(error: unknown): string {
  if (error instanceof Error) {
    if ('code' in error && typeof error.code === 'string') return error.code;
    if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0]);
    if (error.cause !== undefined) return errorCode(error.cause);
    return error.name;
  }
  return 'unknown';
}
