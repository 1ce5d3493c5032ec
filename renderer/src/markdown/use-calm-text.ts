import { useEffect, useRef, useState } from 'react';

/** A text of so many characters is drawn once a second while it grows; shorter ones more often in proportion. */
const CHARACTERS_A_SECOND = 50_000;

/** A growing text, taken over the more seldom the longer it is: drawing it takes time in proportion to its length. */
export function useCalmText(text: string, growing: boolean): string {
  const [shown, setShown] = useState(text);
  const newest = useRef(text);
  useEffect(() => {
    newest.current = text;
  }, [text]);
  const behind = growing && shown !== text;
  useEffect(() => {
    if (!behind) return;
    const waitMs = (newest.current.length / CHARACTERS_A_SECOND) * 1000;
    const timer = setTimeout(() => setShown(newest.current), waitMs);
    return () => clearTimeout(timer);
  }, [behind]);
  return growing ? shown : text;
}
