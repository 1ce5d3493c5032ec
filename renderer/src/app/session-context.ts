import { createContext, useContext } from 'react';
import type { Session } from './session.ts';

export const SessionContext = createContext<Session | undefined>(undefined);

/** The session of this window. Only components under the connected app may ask for it. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('useSession needs a SessionContext above it');
  return session;
}

/** Query and mutation options for every procedure of the control contract. */
export function useApi(): Session['api'] {
  return useSession().api;
}
