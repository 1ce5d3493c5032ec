import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { useRequestDrawer } from '../request/request-drawer.ts';
import { useDesktopPlace } from './use-desktop.ts';

/** Goes where the tray, a notification or a link leads. */
export function DesktopPlaces() {
  const { place, desktop } = useDesktopPlace();
  const [, navigate] = useLocation();
  const openRequest = useRequestDrawer();
  useEffect(() => {
    if (place === undefined) return;
    navigate(place.path);
    if (place.requestId !== undefined) openRequest(place.requestId);
    desktop?.arrived(place);
  }, [place, desktop, navigate, openRequest]);
  return null;
}
