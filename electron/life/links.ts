/** Links into the window: registered with the system once installed, and taken from whichever way the system hands them over. */
import type { App } from 'electron';
import type { Place } from '../../proxy/contract/desktop.ts';
import { LINK_SCHEME, linkIn, placeOfLink } from '../deep-link.ts';

export interface Links {
  /** A command line: of this start, or of a second one. True when there was a link in it, also one that leads nowhere. */
  follow(argv: readonly string[]): boolean;
  /** From now on links lead there; one that came before is followed now. */
  leadTo(go: (place: Place) => void): void;
}

/** Call before the app is ready: macOS hands over the link that started the app early. */
export function createLinks(app: App, refused: (what: string) => void): Links {
  let go: ((place: Place) => void) | undefined;
  let early: Place | undefined;

  function take(link: string): void {
    const place = placeOfLink(link);
    // Not the link itself: anybody may have written it.
    if (place === undefined) refused('a link that leads nowhere in the window');
    else if (go === undefined) early = place;
    else go(place);
  }

  app.on('open-url', (event, url) => {
    event.preventDefault();
    take(url);
  });
  // From its source the system would start Electron itself, without this app.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);

  return {
    follow(argv) {
      const link = linkIn(argv);
      if (link !== undefined) take(link);
      return link !== undefined;
    },
    leadTo(lead) {
      go = lead;
      if (early !== undefined) lead(early);
      early = undefined;
    },
  };
}
