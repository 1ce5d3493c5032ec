import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

const NEAR_PX = 48;

export interface Follow {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  /** The newest words are in view, and stay so. */
  readonly following: boolean;
  readonly onScroll: () => void;
  readonly toEnd: () => void;
}

/** Keeps the end of a growing text in view, unless the person has scrolled up to read. */
export function useFollow(): Follow {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [following, setFollowing] = useState(true);

  const follow = useCallback((yes: boolean) => {
    follows.current = yes;
    setFollowing(yes);
  }, []);
  const toEnd = useCallback(() => {
    follow(true);
    const element = scroller.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [follow]);

  useEffect(() => {
    const grown = content.current;
    if (grown === null) return;
    const observer = new ResizeObserver(() => {
      const element = scroller.current;
      if (follows.current && element !== null) element.scrollTop = element.scrollHeight;
    });
    observer.observe(grown);
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    const element = scroller.current;
    if (element !== null) follow(element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX);
  };
  return { scroller, content, following, onScroll, toEnd };
}
