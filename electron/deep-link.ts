/**
 * Links of the form `gatehouse://open/<page>`, `gatehouse://request/<id>` and `gatehouse://connect/<tool>`. Any web page or
 * mail can hold one, so a link leads to a place in the window and never does anything; what is not on the list is refused.
 */
import { type Place, place } from '../proxy/contract/desktop.ts';

export const LINK_SCHEME = 'gatehouse';

/** The pages of the window by their names in links; a test holds this against the window's own list. */
export const LINKED_PAGES: Readonly<Record<string, string>> = {
  overview: '/',
  playground: '/playground',
  requests: '/requests',
  usage: '/usage',
  ledger: '/ledger',
  providers: '/providers',
  models: '/models',
  budgets: '/budgets',
  routing: '/routing',
  'access-keys': '/access-keys',
  connect: '/connect',
  activity: '/activity',
  settings: '/settings',
};

const LINK = /^gatehouse:\/\/(open|request|connect)\/([A-Za-z0-9_-]{1,64})\/?$/;
const TOOL = /^[a-z0-9-]{1,40}$/;

/** Undefined: it is no link of ours, or leads nowhere. Queries, fragments, ports and encoded characters are never right. */
export function placeOfLink(link: string): Place | undefined {
  const [, kind, name = ''] = LINK.exec(link) ?? [];
  switch (kind) {
    case 'open': {
      const path = Object.hasOwn(LINKED_PAGES, name) ? LINKED_PAGES[name] : undefined;
      return path === undefined ? undefined : checked({ path });
    }
    case 'request':
      return checked({ path: '/requests', requestId: name });
    case 'connect':
      return TOOL.test(name) ? checked({ path: `/connect/${name}` }) : undefined;
    default:
      return undefined;
  }
}

/** Systems other than macOS start the app a second time with the link as an argument. */
export function linkIn(argv: readonly string[]): string | undefined {
  return argv.find((argument) => argument.startsWith(`${LINK_SCHEME}://`));
}

function checked(candidate: Place): Place | undefined {
  return place.safeParse(candidate).data;
}
