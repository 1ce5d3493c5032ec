import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { providerAddress } from '../../app/addresses.ts';
import type { ProviderView } from '../../contract-views.ts';

/** The provider that the address names, brought into view; undefined: it names none. */
export function useShownProvider(providers: readonly ProviderView[] | undefined): string | undefined {
  const [place] = useLocation();
  const shown = providers?.find(({ id }) => providerAddress(id) === place)?.id;
  useEffect(() => {
    if (shown === undefined) return;
    document.querySelector(`[data-provider="${CSS.escape(shown)}"]`)?.scrollIntoView({ block: 'center' });
  }, [shown]);
  return shown;
}
