import { type ReactNode, useLayoutEffect, useRef } from 'react';
import classes from './PageHeader.module.css';

interface PageHeaderProps {
  readonly title: string;
  readonly text?: ReactNode;
  readonly actions?: ReactNode;
}

/** The page the window opens with leaves the focus where it is. */
let firstPage = true;

/** Title of a page. Takes the focus when a person navigates here, so a screen reader says where they are. */
export function PageHeader({ title, text, actions }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Before it is painted: a person who sees the page may type into it at once.
  useLayoutEffect(() => {
    // What had the focus may have gone with the page before, so that nothing has it now.
    if (!firstPage) heading.current?.focus();
    firstPage = false;
  }, []);
  return (
    <header className={classes.header}>
      <title>{`${title} · Gatehouse`}</title>
      <div className={classes.words}>
        <h1 ref={heading} tabIndex={-1} className={classes.title}>
          {title}
        </h1>
        {text !== undefined && <p className={classes.text}>{text}</p>}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}
