import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ContentHandler, createContentHandler } from '../../../electron/window/content.ts';

let folder: string;
let serve: ContentHandler;

const get = (url: string, init?: RequestInit) => serve(new Request(url, init));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-content-'));
  const renderer = join(folder, 'renderer');
  mkdirSync(join(renderer, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.html'), 'outside');
  writeFileSync(join(renderer, 'index.html'), '<!doctype html><title>in</title>');
  writeFileSync(join(renderer, 'assets', 'index-abc.js'), 'export {}');
  writeFileSync(join(renderer, 'assets', 'index-abc.js.map'), '{}');
  symlinkSync(join(folder, 'secret.html'), join(renderer, 'link.html'));
  serve = createContentHandler(renderer);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the window’s content', () => {
  it('serves the page and its parts with the strict policy', async () => {
    const page = await get('gatehouse://app/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:/);
    const script = await get('gatehouse://app/assets/index-abc.js');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await script.text()).toBe('export {}');
  });

  it.each([
    'gatehouse://app/../secret.html',
    'gatehouse://app/..%2fsecret.html',
    'gatehouse://app/%2e%2e/secret.html',
    'gatehouse://app/assets/..%5c..%5csecret.html',
    'gatehouse://app//etc/passwd',
    'gatehouse://app/link.html',
    'gatehouse://app/assets/index-abc.js.map',
    'gatehouse://app/assets',
    'gatehouse://app/nothing.js',
    'gatehouse://other/index.html',
  ])('does not give %s', async (url) => {
    const response = await get(url);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('outside');
  });

  it('only reads', async () => {
    expect((await get('gatehouse://app/', { method: 'POST', body: 'x' })).status).toBe(405);
    const head = await get('gatehouse://app/', { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
  });

  it('says what to do when the window was never built', async () => {
    const empty = createContentHandler(join(folder, 'missing'));
    const response = await empty(new Request('gatehouse://app/'));
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('npm run build');
  });
});
