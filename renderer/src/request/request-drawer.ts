import { createContext, useContext } from 'react';

export const RequestDrawerContext = createContext<(requestId: string) => void>(() => {
  throw new Error('the request drawer needs a RequestDrawerProvider above it');
});

/** Opens the details of one request. */
export function useRequestDrawer(): (requestId: string) => void {
  return useContext(RequestDrawerContext);
}
