/**
 * The control token of the web console. It arrives in the URL fragment, which never leaves the browser, moves to
 * sessionStorage (this tab only, gone when it closes) and leaves the address bar at once, so that it ends up in no
 * history entry, bookmark or screenshot.
 */
const STORAGE_KEY = 'gatehouse-control-token';

export interface TokenPlaces {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState'>;
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

/** Returns the token, or undefined when this tab never had one. A new fragment wins over a remembered token. */
export function takeControlToken({ location, history, storage }: TokenPlaces): string | undefined {
  const fromFragment = tokenInFragment(location.hash);
  if (fromFragment !== undefined) {
    storage.setItem(STORAGE_KEY, fromFragment);
    history.replaceState(null, '', `${location.pathname}${location.search}#/`);
    return fromFragment;
  }
  return storage.getItem(STORAGE_KEY) ?? undefined;
}

export function forgetControlToken(storage: Pick<Storage, 'removeItem'>): void {
  storage.removeItem(STORAGE_KEY);
}

function tokenInFragment(hash: string): string | undefined {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('token');
  return token === null || token === '' ? undefined : token;
}
