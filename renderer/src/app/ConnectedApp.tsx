import { QueryClientProvider } from '@tanstack/react-query';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { DesktopPlaces } from '../desktop/DesktopPlaces.tsx';
import { useConnection } from '../live/use-live.ts';
import { RequestDrawerProvider } from '../request/RequestDrawerProvider.tsx';
import { Shell } from '../shell/Shell.tsx';
import { ConsoleDoor } from './ConsoleDoor.tsx';
import { Pages } from './Pages.tsx';
import type { Session } from './session.ts';
import { SessionContext } from './session-context.ts';

export function ConnectedApp({ session }: { readonly session: Session }) {
  return (
    <SessionContext value={session}>
      <QueryClientProvider client={session.queries}>
        <Router hook={useHashLocation}>
          <Connected />
        </Router>
      </QueryClientProvider>
    </SessionContext>
  );
}

function Connected() {
  const connection = useConnection();
  if (connection.phase === 'denied') return <ConsoleDoor reason="denied" />;
  return (
    <RequestDrawerProvider>
      <DesktopPlaces />
      <Shell>
        <Pages />
      </Shell>
    </RequestDrawerProvider>
  );
}
