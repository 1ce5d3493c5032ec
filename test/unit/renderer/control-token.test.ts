import { describe, expect, it } from 'vitest';
import { takeControlToken } from '../../../renderer/src/transport/control-token.ts';

function places(hash: string, kept: Record<string, string> = {}) {
  const store = new Map(Object.entries(kept));
  const addresses: string[] = [];
  return {
    store,
    addresses,
    places: {
      location: { hash, pathname: '/_gatehouse/console/', search: '' },
      history: {
        replaceState: (_state: unknown, _title: string, url?: string | URL | null) => void addresses.push(String(url)),
      },
      storage: {
        getItem: (key: string) => store.get(key) ?? null,
        setItem: (key: string, value: string) => void store.set(key, value),
        removeItem: (key: string) => void store.delete(key),
      },
    },
  };
}

describe('takeControlToken', () => {
  it('takes the token out of the address bar and remembers it for the tab', () => {
    const { places: here, addresses, store } = places('#token=abc-_1');
    expect(takeControlToken(here)).toBe('abc-_1');
    expect(addresses).toEqual(['/_gatehouse/console/#/']);
    expect([...store.values()]).toEqual(['abc-_1']);
  });

  it('prefers a fresh link over a remembered token', () => {
    const { places: here } = places('#token=new', { 'gatehouse-control-token': 'old' });
    expect(takeControlToken(here)).toBe('new');
  });

  it('leaves an ordinary address alone', () => {
    const { places: here, addresses } = places('#/ledger', { 'gatehouse-control-token': 'old' });
    expect(takeControlToken(here)).toBe('old');
    expect(addresses).toEqual([]);
  });

  it.each(['', '#', '#/', '#token='])('has none for %j', (hash) => {
    expect(takeControlToken(places(hash).places)).toBeUndefined();
  });
});
