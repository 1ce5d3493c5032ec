import { describe, expect, it } from 'vitest';
import { isOwnAddress, parseBaseUrl } from '../../../proxy/providers/base-url.ts';
import { upstreamError } from '../../../proxy/providers/transport/upstream-error.ts';

describe('a base URL', () => {
  const rows: [text: string, origin: string, path: string][] = [
    ['https://api.openai.com/v1', 'https://api.openai.com', '/v1'],
    ['https://api.openai.com/v1/', 'https://api.openai.com', '/v1'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080', ''],
    ['http://[::1]:1234/a/b//', 'http://[::1]:1234', '/a/b'],
  ];
  it.each(rows)('%s', (text, origin, path) => expect(parseBaseUrl(text)).toEqual({ origin, path }));
  it.each(['https://user:pass@host/v1', 'https://host/v1?key=1', 'https://host/v1#x'])(
    '%s is refused: part of it would be lost',
    (text) => {
      expect(() => parseBaseUrl(text)).toThrowError(expect.objectContaining({ code: 'invalid_request' }));
    },
  );
  it.each([
    'http://127.0.0.1:7420/v1',
    'http://localhost:7420',
    'http://[::1]:7420/v1',
    'http://127.9.9.9:7420/x',
    'http://0.0.0.0:7420',
  ])('%s is ourselves', (text) => expect(isOwnAddress(text, 7420)).toBe(true));
  it.each(['http://127.0.0.1:7421/v1', 'https://api.openai.com/v1', 'http://192.168.1.2:7420'])(
    '%s is another',
    (text) => expect(isOwnAddress(text, 7420)).toBe(false),
  );
});

describe('a failure of the transport', () => {
  const rows: [code: string, ours: string][] = [
    ['ECONNREFUSED', 'upstream_connect_failed'],
    ['ENOTFOUND', 'upstream_connect_failed'],
    ['UND_ERR_CONNECT_TIMEOUT', 'upstream_connect_timeout'],
    ['UND_ERR_HEADERS_TIMEOUT', 'upstream_first_byte_timeout'],
    ['UND_ERR_BODY_TIMEOUT', 'upstream_idle_timeout'],
    ['UND_ERR_SOCKET', 'upstream_cut'],
    ['ECONNRESET', 'upstream_cut'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'upstream_tls_failed'],
    ['CERT_HAS_EXPIRED', 'upstream_tls_failed'],
    ['ERR_SSL_TLSV1_ALERT', 'upstream_tls_failed'],
    ['HPE_INVALID_CONSTANT', 'upstream_malformed'],
    ['SOMETHING_NEW', 'upstream_connect_failed'],
  ];
  it.each(rows)('%s is %s', (code, ours) => {
    const error = upstreamError(Object.assign(new Error('secret words of the library'), { code }), 'https://host');
    expect(error.code).toBe(ours);
    expect(error.message).toContain('https://host');
    expect(error.message).not.toContain('secret words');
  });
  it('of a dual-stack connect is told by its first cause', () => {
    const cause = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    expect(upstreamError(new AggregateError([cause]), 'http://host').code).toBe('upstream_connect_failed');
  });
});
