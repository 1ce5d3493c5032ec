import type { ComponentProps } from 'react';

type ScrollRegionProps = Omit<ComponentProps<'section'>, 'aria-label'> & { readonly 'aria-label': string };

// A region that scrolls must be reachable by keyboard (WCAG 2.1.1), even when nothing inside it is.
const REACHABLE = { tabIndex: 0 };

/** A part of the page that scrolls by itself; named, because it is a stop of the Tab key. */
export function ScrollRegion({ children, ...props }: ScrollRegionProps) {
  return (
    <section {...props} {...REACHABLE}>
      {children}
    </section>
  );
}
