import type { ReactNode } from 'react';

interface ScrollBoxProps {
  readonly label: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
}

// What scrolls must be reachable by keyboard. A group, not a landmark: an answer may have dozens of them.
const REACHABLE = { tabIndex: 0, role: 'group' };

export function ScrollBox({ label, className, children }: ScrollBoxProps) {
  return (
    <div className={className} {...REACHABLE} {...{ 'aria-label': label }}>
      {children}
    </div>
  );
}
