import { expect, it } from 'vitest';
import { safeHref } from '../../../../renderer/src/markdown/safe-href.ts';

it.each(['https://example.com/a?b#c', 'http://127.0.0.1:1/', 'mailto:a@example.com'])('links to %s', (href) => {
  expect(safeHref(href)).toBe(href);
});

it.each([
  'javascript:alert(1)',
  ' JaVaScRiPt:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'gatehouse://open',
  'vbscript:x',
  '/relative',
  '#part',
  'not an address',
  '',
  undefined,
])('does not link to %s', (href) => {
  expect(safeHref(href)).toBeUndefined();
});
