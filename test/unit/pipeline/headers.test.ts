import { describe, expect, it } from 'vitest';
import { downstreamHeaders, upstreamHeaders } from '../../../proxy/pipeline/headers.ts';

describe('headers to the provider', () => {
  it.each([
    'authorization',
    'x-api-key',
    'x-goog-api-key',
    'api-key',
    'cookie',
    'host',
    'connection',
    'transfer-encoding',
    'content-length',
    'accept-encoding',
    'origin',
    'x-forwarded-for',
    'x-client-id',
    'x-project',
    'idempotency-key',
    'x-gatehouse-mode',
    'sec-fetch-site',
    'openai-organization',
  ])('%s stays here', (name) => {
    expect(upstreamHeaders({ [name]: 'v' }, 'hop', true)).toEqual({
      'content-type': 'application/json',
      'x-gatehouse-hop': 'hop',
    });
  });
  it.each([
    'openai-beta',
    'x-stainless-lang',
    'http-referer',
    'x-title',
    'anthropic-beta',
    'user-agent',
    'x-never-heard-of',
  ])('%s goes on', (name) => {
    expect(upstreamHeaders({ [name]: 'v' }, 'hop', true)[name]).toBe('v');
  });
  it('a client cannot pretend to be our own hop', () => {
    expect(upstreamHeaders({ 'x-gatehouse-hop': 'forged' }, 'hop', true)['x-gatehouse-hop']).toBe('hop');
  });
});

describe('headers to the client', () => {
  it.each([
    'set-cookie',
    'content-length',
    'transfer-encoding',
    'connection',
    'content-encoding',
    'access-control-allow-origin',
    'strict-transport-security',
  ])('%s stays here', (name) => {
    expect(downstreamHeaders({ [name]: 'v' })).toEqual({});
  });
  it('rate limits, retry-after and unknown ones go on; the request id under another name', () => {
    expect(
      downstreamHeaders({
        'retry-after': '3',
        'x-ratelimit-limit-tokens': '9',
        'x-new': 'v',
        'x-request-id': 'theirs',
      }),
    ).toEqual({
      'retry-after': '3',
      'x-ratelimit-limit-tokens': '9',
      'x-new': 'v',
      'x-gatehouse-upstream-request-id': 'theirs',
    });
  });
});
