import { describe, expect, it } from 'vitest';
import { guard } from '../../../proxy/http/guard.ts';

const verdict = (headers: Record<string, string>, port = 7420): string => {
  try {
    guard(headers, port);
    return 'in';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('who may speak to the listener', () => {
  it.each(['127.0.0.1:7420', 'localhost:7420', 'LOCALHOST:7420', '[::1]:7420'])('Host %s comes in', (host) =>
    expect(verdict({ host })).toBe('in'),
  );
  it.each([
    '',
    'evil.example:7420',
    '127.0.0.1',
    '127.0.0.1:7421',
    '127.0.0.1.nip.io:7420',
    'localhost:7420@evil',
    'a b:7420',
    '[::1]',
    '127.0.0.1:7420:1',
  ])('Host "%s" does not', (host) => expect(verdict({ host })).toBe('host_not_allowed'));
  it('no Host does not', () => expect(verdict({})).toBe('host_not_allowed'));
  it('port 80 may be left out', () => expect(verdict({ host: 'localhost' }, 80)).toBe('in'));
  it.each(['http://127.0.0.1:7420', 'http://localhost:7420'])('its own pages come in: %s', (origin) =>
    expect(verdict({ host: '127.0.0.1:7420', origin })).toBe('in'),
  );
  it.each([
    'https://evil.example',
    'null',
    'http://localhost:3000',
    'https://127.0.0.1:7420',
    'file://',
    'http://127.0.0.1:7420.evil.example',
  ])('other pages do not: %s', (origin) =>
    expect(verdict({ host: '127.0.0.1:7420', origin })).toBe('origin_not_allowed'),
  );
});
