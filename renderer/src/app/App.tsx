import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { chooseTransport } from '../transport/choose-transport.ts';
import { ConnectedApp } from './ConnectedApp.tsx';
import { ConsoleDoor } from './ConsoleDoor.tsx';
import { colorSchemeManager } from './color-scheme.ts';
import type { Session } from './session.ts';
import { startSession } from './session.ts';
import { cssVariablesResolver, theme } from './theme.ts';

type Door =
  | { readonly open: false; readonly reason: 'no-link' | 'denied' }
  | { readonly open: true; readonly session: Session };

/** The whole window: the pages when there is a gateway to ask, otherwise how to get in. */
export function App({ host }: { readonly host: Window }) {
  const [door, setDoor] = useState<Door>();

  useEffect(() => {
    let session: Session | undefined;
    const transport = chooseTransport(host, () => setDoor({ open: false, reason: 'denied' }));
    if (transport === undefined) {
      setDoor({ open: false, reason: 'no-link' });
    } else {
      session = startSession(transport);
      setDoor({ open: true, session });
    }
    // A fresh console link pasted into this tab only changes the fragment, which loads nothing by itself.
    const onHash = () => {
      if (host.location.hash.includes('token=')) host.location.reload();
    };
    host.addEventListener('hashchange', onHash);
    return () => {
      host.removeEventListener('hashchange', onHash);
      session?.stop();
    };
  }, [host]);

  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <Notifications position="top-center" limit={4} />
      {door?.open === true && <ConnectedApp session={door.session} />}
      {door?.open === false && <ConsoleDoor reason={door.reason} />}
    </MantineProvider>
  );
}
