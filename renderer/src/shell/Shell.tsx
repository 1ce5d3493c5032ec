import type { ReactNode } from 'react';
import { ApprovalDesk } from '../approvals/ApprovalDesk.tsx';
import { CommandPalette } from '../palette/CommandPalette.tsx';
import { AlertToasts } from './AlertToasts.tsx';
import { DrainBanner } from './DrainBanner.tsx';
import { HeaderBar } from './HeaderBar.tsx';
import { NavBar } from './NavBar.tsx';
import { PauseBanner } from './PauseBanner.tsx';
import { ReconnectBanner } from './ReconnectBanner.tsx';
import classes from './Shell.module.css';
import { ShortcutHelp } from './ShortcutHelp.tsx';
import { StatusAnnouncer } from './StatusAnnouncer.tsx';
import { useGuided } from './use-guided.ts';
import { useShortcuts } from './use-shortcuts.ts';

export function Shell({ children }: { readonly children: ReactNode }) {
  const help = useShortcuts();
  const guided = useGuided();
  return (
    <div className={classes.shell} data-guided={guided || undefined}>
      <button type="button" className={classes.skip} onClick={() => document.getElementById('page')?.focus()}>
        Skip to the page
      </button>
      {!guided && <NavBar />}
      <div className={classes.column}>
        <section className={classes.top} aria-label="Gateway status">
          {!guided && <HeaderBar onHelp={help.open} />}
          <ReconnectBanner />
          <DrainBanner />
          <PauseBanner />
        </section>
        <main id="page" tabIndex={-1} className={classes.main}>
          <div className={classes.page}>{children}</div>
        </main>
      </div>
      <CommandPalette openHelp={help.open} />
      <ShortcutHelp opened={help.opened} onClose={help.close} />
      <StatusAnnouncer />
      <AlertToasts />
      <ApprovalDesk />
    </div>
  );
}
