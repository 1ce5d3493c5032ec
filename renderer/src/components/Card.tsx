import { type ReactNode, useId } from 'react';
import classes from './Card.module.css';

interface CardProps {
  readonly title?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  /** Rows that touch the edges, such as tables and lists. */
  readonly flush?: boolean;
  readonly className?: string | undefined;
}

/** A titled surface; a landmark when it has a title. */
export function Card({ title, aside, children, flush = false, className }: CardProps) {
  const titleId = useId();
  return (
    <section
      className={`${classes.card} ${className ?? ''}`}
      aria-labelledby={title === undefined ? undefined : titleId}
    >
      {title !== undefined && (
        <div className={classes.head}>
          <h2 id={titleId} className={classes.title}>
            {title}
          </h2>
          {aside}
        </div>
      )}
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  );
}
