import type { ReactNode } from 'react';
import classes from './OptionSection.module.css';

interface OptionSectionProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function OptionSection({ title, aside, children }: OptionSectionProps) {
  return (
    <div className={classes.section}>
      <div className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        {aside}
      </div>
      {children}
    </div>
  );
}
