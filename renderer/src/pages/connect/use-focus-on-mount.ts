import { type RefObject, useEffect, useRef } from 'react';

/** For what takes the place of the button that was pressed: the focus would be nowhere otherwise. */
export function useFocusOnMount<T extends HTMLElement>(): RefObject<T | null> {
  const element = useRef<T>(null);
  useEffect(() => element.current?.focus(), []);
  return element;
}
