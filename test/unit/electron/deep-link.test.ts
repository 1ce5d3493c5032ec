import { describe, expect, it } from 'vitest';
import { LINKED_PAGES, linkIn, placeOfLink } from '../../../electron/deep-link.ts';
import { PAGES } from '../../../renderer/src/app/page-list.ts';

describe('links into the window', () => {
  it('know every page of the window, and no other', () => {
    expect(Object.values(LINKED_PAGES).sort()).toEqual(PAGES.map(({ path }): string => path).sort());
  });

  it.each([
    ['gatehouse://open/overview', { path: '/' }],
    ['gatehouse://open/access-keys', { path: '/access-keys' }],
    ['gatehouse://open/usage/', { path: '/usage' }],
    [
      'gatehouse://request/req_0mwpfahjlehj3qhmub8fquy9o',
      { path: '/requests', requestId: 'req_0mwpfahjlehj3qhmub8fquy9o' },
    ],
    ['gatehouse://connect/claude-code', { path: '/connect/claude-code' }],
  ])('%s leads to its place', (link, place) => {
    expect(placeOfLink(link)).toEqual(place);
  });

  it.each([
    'gatehouse://app/',
    'gatehouse://app/index.html',
    'gatehouse://open/',
    'gatehouse://open/nowhere',
    'gatehouse://open/constructor',
    'gatehouse://open/__proto__',
    'gatehouse://open/usage/../settings',
    'gatehouse://open/usage?pause=1',
    'gatehouse://open/usage#/settings',
    'gatehouse://open/%75sage',
    'gatehouse://open:80/usage',
    'gatehouse://user@open/usage',
    'gatehouse://pause/now',
    'gatehouse://connect/Claude',
    'gatehouse://connect/codex/apply',
    `gatehouse://connect/${'a'.repeat(41)}`,
    `gatehouse://request/${'a'.repeat(65)}`,
    'gatehouse://request/req_1;rm',
    'gatehouse://request/req_1\nx',
    'https://open/usage',
    'javascript:alert(1)',
    ' gatehouse://open/usage',
    '',
  ])('%j leads nowhere', (link) => {
    expect(placeOfLink(link)).toBeUndefined();
  });

  it('are found among arguments', () => {
    expect(linkIn(['/opt/gatehouse', '--hidden', 'gatehouse://open/usage'])).toBe('gatehouse://open/usage');
    expect(linkIn(['/opt/gatehouse', '--data-dir', '/tmp/gatehouse'])).toBeUndefined();
  });
});
