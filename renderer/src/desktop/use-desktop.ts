import { notifications } from '@mantine/notifications';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { DesktopAsk, DesktopView, Place } from '../../../proxy/contract/desktop.ts';
import { useSession } from '../app/session-context.ts';
import { explainError } from '../format/explain-error.ts';
import type { Desktop } from './desktop.ts';

const NOTHING = () => () => undefined;

/** The desktop app's view of itself; undefined in the web console, and until it has told. */
export function useDesktopView(): DesktopView | undefined {
  const { desktop } = useSession();
  useEffect(() => {
    desktop?.ask({ ask: 'view' }).catch(tellFailure);
  }, [desktop]);
  return useSyncExternalStore(desktop?.subscribe ?? NOTHING, () => desktop?.view());
}

/** Where the app wants the page to go, and how to say that it went. */
export function useDesktopPlace(): { readonly place: Place | undefined; readonly desktop: Desktop | undefined } {
  const { desktop } = useSession();
  const place = useSyncExternalStore(desktop?.subscribe ?? NOTHING, () => desktop?.place());
  return { place, desktop };
}

/** Asks the app to do something; what went wrong is shown. `busy` names what is under way. */
export function useDesktopAsk(): {
  readonly ask: (ask: DesktopAsk) => void;
  readonly busy: DesktopAsk['ask'] | undefined;
} {
  const { desktop } = useSession();
  const [busy, setBusy] = useState<DesktopAsk['ask']>();
  return {
    busy,
    ask(ask) {
      if (desktop === undefined) return;
      setBusy(ask.ask);
      desktop
        .ask(ask)
        .catch(tellFailure)
        .finally(() => setBusy(undefined));
    },
  };
}

function tellFailure(error: unknown): void {
  notifications.show({ color: 'red', title: 'That did not work', message: explainError(error) });
}
