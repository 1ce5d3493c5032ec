import type { ReactNode } from 'react';
import classes from './Status.module.css';

export type Tone = 'ok' | 'warn' | 'bad' | 'idle' | 'busy';

/** A dot and a word. The word says it; the dot only makes it quick to find. */
export function Status({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={classes.status} data-tone={tone}>
      <span className={classes.dot} aria-hidden="true" />
      <span className={classes.word}>{children}</span>
    </span>
  );
}
