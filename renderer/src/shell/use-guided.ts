import { useLocation } from 'wouter';

/** True in the guided start, which has the window to itself: no pages to wander off to, no figures that are all zero. */
export function useGuided(): boolean {
  const [place] = useLocation();
  return place === '/welcome' || place.startsWith('/welcome/');
}
