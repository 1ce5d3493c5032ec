import { useLocation } from 'wouter';

export interface AddressDialog {
  readonly opened: boolean;
  readonly open: () => void;
  readonly close: () => void;
}

/** A dialog that has an address, so that the palette, a link and the back button reach it: `/budgets/new`. */
export function useAddressDialog(page: string, word: string): AddressDialog {
  const [place, go] = useLocation();
  const address = `${page}/${word}`;
  return {
    opened: place === address,
    open: () => go(address),
    close: () => go(page, { replace: true }),
  };
}
