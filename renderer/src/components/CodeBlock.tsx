import type { ReactNode } from 'react';
import classes from './CodeBlock.module.css';
import { CopyIcon } from './CopyIcon.tsx';
import { ScrollRegion } from './ScrollRegion.tsx';

interface CodeBlockProps {
  readonly title: ReactNode;
  /** Completes the sentence "Copy ...". */
  readonly name: string;
  readonly code: string;
}

/** A command or a file to copy: lines stay lines, and scroll where they are too long. */
export function CodeBlock({ title, name, code }: CodeBlockProps) {
  return (
    <div>
      <div className={classes.head}>
        <span className={classes.title}>{title}</span>
        <CopyIcon value={code} name={name} />
      </div>
      <ScrollRegion className={classes.block} aria-label={name}>
        <pre className={classes.code}>{code}</pre>
      </ScrollRegion>
    </div>
  );
}
