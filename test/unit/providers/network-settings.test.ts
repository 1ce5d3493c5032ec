import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { networkSettings } from '../../../proxy/providers/transport/network-settings.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function certificateFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-ca-'));
  folders.push(folder);
  const path = join(folder, 'ca.pem');
  writeFileSync(path, text);
  return path;
}

describe('how calls get out, for people', () => {
  test('without a setting they go out directly', () => {
    expect(networkSettings({})).toEqual({ proxies: [] });
    expect(networkSettings({ HTTPS_PROXY: '', NO_PROXY: '', NODE_EXTRA_CA_CERTS: '' })).toEqual({ proxies: [] });
  });

  test.each([
    ['http://proxy.example:8080', 'http://proxy.example:8080'],
    ['proxy.example:8080', 'http://proxy.example:8080'],
    ['http://jane:s3cret@proxy.example:8080/', 'http://***:***@proxy.example:8080'],
    ['https://t0ken@proxy.example', 'https://***@proxy.example'],
  ])('%s is shown without user and password', (HTTPS_PROXY, address) => {
    const view = networkSettings({ HTTPS_PROXY });
    expect(view.proxies).toEqual([{ scheme: 'https', variable: 'HTTPS_PROXY', address }]);
    expect(JSON.stringify(view)).not.toMatch(/jane|s3cret|t0ken/);
  });

  test('the name in small letters goes first, as for the calls themselves', () => {
    const env = { https_proxy: 'http://small:1', HTTPS_PROXY: 'http://capital:1', HTTP_PROXY: 'http://plain:1' };
    expect(networkSettings(env).proxies).toEqual([
      { scheme: 'https', variable: 'https_proxy', address: 'http://small:1' },
      { scheme: 'http', variable: 'HTTP_PROXY', address: 'http://plain:1' },
    ]);
  });

  test('what is no proxy address is a problem that names the variable and does not repeat the value', () => {
    const [proxy] = networkSettings({ HTTPS_PROXY: 'socks5://jane:s3cret@proxy:1080' }).proxies;
    expect(proxy).not.toHaveProperty('address');
    expect(proxy?.problem).toContain('HTTPS_PROXY is not the address of an HTTP proxy');
    expect(proxy?.problem).not.toMatch(/jane|s3cret/);
  });

  test('hosts that are called directly', () => {
    expect(networkSettings({ NO_PROXY: 'internal, .corp  10.0.0.5:8080,' }).direct).toEqual({
      variable: 'NO_PROXY',
      hosts: ['internal', '.corp', '10.0.0.5:8080'],
    });
  });

  test('the certificates of the named file are counted; one that cannot be used says why', () => {
    const two = getCACertificates('bundled').slice(0, 2).join('\n');
    const path = certificateFile(two);
    expect(networkSettings({ NODE_EXTRA_CA_CERTS: path }).extraCertificates).toEqual({ path, count: 2 });
    const empty = certificateFile('nothing here');
    expect(networkSettings({ NODE_EXTRA_CA_CERTS: empty }).extraCertificates?.problem).toContain('no PEM certificate');
    const gone = networkSettings({ NODE_EXTRA_CA_CERTS: '/nowhere/ca.pem' }).extraCertificates;
    expect(gone?.problem).toContain('cannot be read: /nowhere/ca.pem');
  });
});
