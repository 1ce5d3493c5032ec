import type { ReactNode } from 'react';
import classes from './RouteLists.module.css';

export function RouteSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <h3 className={classes.subtitle}>{title}</h3>
      {children}
    </div>
  );
}
