import { Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link, useLocation } from 'wouter';
import { PAGES } from '../app/page-list.ts';
import { Mark } from '../components/Mark.tsx';
import { useLive } from '../live/use-live.ts';
import { ConnectionStatus } from './ConnectionStatus.tsx';
import classes from './NavBar.module.css';
import { UnreadBadge } from './UnreadBadge.tsx';

export function NavBar() {
  const [place] = useLocation();
  const narrow = useMediaQuery('(max-width: 1023px)', undefined, { getInitialValueInEffect: false });
  const version = useLive((live) => live.gateway.version);
  return (
    <nav className={classes.nav} aria-label="Pages">
      <div className={classes.brand}>
        <Mark size={26} />
        <span className={classes.label}>Gatehouse</span>
      </div>
      <ul className={classes.list}>
        {PAGES.map((page) => (
          <li key={page.path}>
            <Tooltip label={page.name} position="right" disabled={narrow !== true}>
              <Link
                href={page.path}
                className={classes.link}
                aria-current={isAt(place, page.path) ? 'page' : undefined}
              >
                <page.icon size={18} stroke={1.75} aria-hidden="true" />
                <span className={classes.label}>{page.name}</span>
                {page.path === '/activity' && <UnreadBadge />}
              </Link>
            </Tooltip>
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        <ConnectionStatus />
        <span className={classes.version}>{version === undefined ? '' : `Version ${version}`}</span>
      </div>
    </nav>
  );
}

/** A part of a page (`/routing/rules`) is at that page. */
function isAt(place: string, path: string): boolean {
  return place === path || (path !== '/' && place.startsWith(`${path}/`));
}
