import { useRef } from 'react';
import { useLive } from '../live/use-live.ts';
import { ApprovalCard } from './ApprovalCard.tsx';
import classes from './ApprovalDesk.module.css';
import { announcement } from './approval-words.ts';
import { useDeskFocus } from './use-desk-focus.ts';

/** On every page: the calls that wait for a person's word, one at a time, the longest waiting first. */
export function ApprovalDesk() {
  const waiting = useLive((live) => live.approvals) ?? [];
  const [first] = waiting;
  const desk = useRef<HTMLElement>(null);
  useDeskFocus(desk, first !== undefined, first?.id);
  return (
    <>
      {/* Stays in place while it is empty: what is announced is a change of it. */}
      <div aria-live="assertive" className="visually-hidden">
        {first === undefined ? '' : announcement(first)}
      </div>
      {first !== undefined && (
        <section ref={desk} className={classes.desk} aria-label="A call waits for you">
          <ApprovalCard key={first.id} approval={first} more={waiting.length - 1} />
        </section>
      )}
    </>
  );
}
