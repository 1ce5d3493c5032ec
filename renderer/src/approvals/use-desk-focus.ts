import { type RefObject, useEffect, useRef } from 'react';

/**
 * F8 goes to the waiting call and back (as desktop notifications do it), also out of a dialog. When the last call is
 * answered the focus returns to where it was. The focus is never taken: somebody may be typing.
 */
export function useDeskFocus(desk: RefObject<HTMLElement | null>, waiting: boolean, shownId: string | undefined): void {
  const before = useRef<HTMLElement | null>(null);
  const inside = useRef(false);

  useEffect(() => {
    if (!waiting) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'F8' || desk.current === null) return;
      event.preventDefault();
      if (desk.current.contains(document.activeElement)) {
        before.current?.focus();
        return;
      }
      before.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
      focusFirst(desk.current);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [desk, waiting]);

  // The answered call takes its buttons with it, so where the focus was has to be noticed before.
  useEffect(() => {
    const element = desk.current;
    if (element === null) return;
    const onIn = () => {
      inside.current = true;
    };
    const onOut = (event: FocusEvent) => {
      if (event.relatedTarget !== null) inside.current = element.contains(event.relatedTarget as Node);
    };
    element.addEventListener('focusin', onIn);
    element.addEventListener('focusout', onOut);
    return () => {
      element.removeEventListener('focusin', onIn);
      element.removeEventListener('focusout', onOut);
    };
  });

  useEffect(() => {
    if (!inside.current) return;
    if (shownId !== undefined && desk.current !== null) {
      focusFirst(desk.current);
    } else {
      inside.current = false;
      (before.current ?? document.getElementById('page'))?.focus();
    }
  }, [desk, shownId]);
}

function focusFirst(desk: HTMLElement): void {
  desk.querySelector<HTMLElement>('[data-first-answer]')?.focus();
}
