import { type RefObject, useEffect, useRef } from 'react';

/** For what takes the place of the button that was pressed: the focus would be nowhere otherwise. */
export function useFocusOnMount<T extends HTMLElement>(wanted = true): RefObject<T | null> {
  const element = useRef<T>(null);
  useEffect(() => {
    if (wanted) element.current?.focus();
  }, [wanted]);
  return element;
}
