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
  const lastTop = useRef(0);
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
    const frame = scroller.current;
    const grown = content.current;
    if (frame === null || grown === null) return;
    const observer = new ResizeObserver(() => {
      if (follows.current) frame.scrollTop = frame.scrollHeight;
    });
    observer.observe(frame);
    observer.observe(grown);
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    const element = scroller.current;
    if (element === null) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    // A window that changes its size moves the end away too; only who goes up wants to stay there.
    const wentUp = scrollTop < lastTop.current;
    lastTop.current = scrollTop;
    if (scrollHeight - scrollTop - clientHeight < NEAR_PX) follow(true);
    else if (wentUp) follow(false);
  };
  return { scroller, content, following, onScroll, toEnd };
}
