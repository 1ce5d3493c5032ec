/**
 * Links that leave the window (a provider's key page, a tool's home page, a link in an answer) open in the person's
 * browser. An answer can hold any address, so whatever is not known is asked about, with the address in full sight.
 */

/** Opened without a question. */
const KNOWN_ORIGINS = new Set(['https://github.com', 'https://nodejs.org', 'https://www.electronjs.org']);

export interface OutsideLinksParts {
  open(url: string): Promise<void>;
  /** True when the person wants this page opened. */
  ask(url: string): Promise<boolean>;
  failed(error: unknown): void;
}

export interface OutsideLinks {
  /** False: refused, because it is no https address or the person has another question before them. */
  follow(url: string): boolean;
}

export function createOutsideLinks({ open, ask, failed }: OutsideLinksParts): OutsideLinks {
  let asking = false;

  async function openIfWanted(url: string): Promise<void> {
    asking = true;
    const wanted = await ask(url).finally(() => {
      asking = false;
    });
    if (wanted) await open(url);
  }

  return {
    follow(url) {
      const address = URL.parse(url);
      // A name before the host only makes an address look like another one.
      if (address?.protocol !== 'https:' || address.username !== '' || address.password !== '') return false;
      const known = KNOWN_ORIGINS.has(address.origin);
      if (!known && asking) return false;
      (known ? open(address.href) : openIfWanted(address.href)).catch(failed);
      return true;
    },
  };
}
