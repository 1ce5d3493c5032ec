import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../../proxy/providers/transport/proxy-for.ts';

const P = 'http://proxy.example:8080';

describe('which proxy stands in between', () => {
  const rows: [name: string, origin: string, env: Record<string, string>, url: string | undefined][] = [
    ['none set', 'https://api.openai.com', {}, undefined],
    ['https by HTTPS_PROXY', 'https://api.openai.com', { HTTPS_PROXY: P }, P],
    ['lower case wins', 'https://api.openai.com', { HTTPS_PROXY: 'http://other:1', https_proxy: P }, P],
    ['http not by HTTPS_PROXY', 'http://api.example', { HTTPS_PROXY: P }, undefined],
    ['https not by HTTP_PROXY', 'https://api.openai.com', { HTTP_PROXY: P }, undefined],
    ['without a scheme', 'https://api.openai.com', { HTTPS_PROXY: 'proxy.example:8080' }, P],
    ['empty is unset', 'https://api.openai.com', { HTTPS_PROXY: '' }, undefined],
    ['loopback never', 'http://127.0.0.1:11434', { HTTP_PROXY: P }, undefined],
    ['localhost never', 'http://localhost:1234', { HTTP_PROXY: P }, undefined],
    ['NO_PROXY *', 'https://api.openai.com', { HTTPS_PROXY: P, NO_PROXY: '*' }, undefined],
    ['NO_PROXY host', 'https://api.openai.com', { HTTPS_PROXY: P, NO_PROXY: 'a.b, api.openai.com' }, undefined],
    ['NO_PROXY suffix', 'https://api.openai.com', { HTTPS_PROXY: P, no_proxy: '.openai.com' }, undefined],
    ['NO_PROXY wildcard suffix', 'https://api.openai.com', { HTTPS_PROXY: P, NO_PROXY: '*.openai.com' }, undefined],
    ['NO_PROXY parent domain', 'https://api.openai.com', { HTTPS_PROXY: P, NO_PROXY: 'OPENAI.com' }, undefined],
    ['NO_PROXY is no substring', 'https://notopenai.com', { HTTPS_PROXY: P, NO_PROXY: 'openai.com' }, P],
    ['NO_PROXY with the port', 'https://api.openai.com', { HTTPS_PROXY: P, NO_PROXY: 'api.openai.com:443' }, undefined],
    ['NO_PROXY with another port', 'https://api.openai.com', { HTTPS_PROXY: P, NO_PROXY: 'api.openai.com:8443' }, P],
  ];
  it.each(rows)('%s', (_name, origin, env, url) => expect(proxyFor(origin, env)?.url).toBe(url));

  it('is named without its password', () => {
    const choice = proxyFor('https://api.openai.com', { HTTPS_PROXY: 'http://user:secret@proxy.example:8080' });
    expect(choice?.words).toBe('the proxy http://proxy.example:8080 (HTTPS_PROXY)');
    expect(choice?.url).toContain('secret');
  });
  it.each(['socks5://proxy:1080', 'http://', '::'])(
    '%s is no HTTP proxy, and is said so without repeating it',
    (value) => {
      expect(() => proxyFor('https://api.openai.com', { HTTPS_PROXY: value })).toThrow(
        'HTTPS_PROXY is not the address',
      );
    },
  );
});
