import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SetupChange } from '../../../../proxy/contract/setup.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import type { SetupView } from '../../contract-views.ts';
import classes from './StepFrame.module.css';

/** What every step gets. */
export interface StepProps {
  readonly setup: SetupView;
  readonly save: (change: SetupChange) => void;
  /** Undefined at the first step. */
  readonly onBack: (() => void) | undefined;
  readonly onNext: () => void;
}

interface StepFrameProps extends Pick<StepProps, 'onBack' | 'onNext'> {
  readonly title: string;
  readonly text: ReactNode;
  /** Something was done here: the way on is no skipping. */
  readonly done: boolean;
  /** Instead of Continue. */
  readonly nextLabel?: string;
  /** Instead of Skip for now. */
  readonly skipLabel?: string;
  readonly children: ReactNode;
}

/** A step: what it is about, what to do, and the way on, which is always open. */
export function StepFrame(props: StepFrameProps) {
  const { title, text, done, nextLabel = 'Continue', skipLabel = 'Skip for now', onBack, onNext, children } = props;
  return (
    <section className={classes.step} aria-label={title}>
      <PageHeader title={title} text={text} />
      <div className={classes.body}>{children}</div>
      <div className={classes.foot}>
        {onBack !== undefined && (
          <Button variant="default" onClick={onBack}>
            Back
          </Button>
        )}
        <Button className={classes.next} variant={done ? 'filled' : 'default'} onClick={onNext}>
          {done ? nextLabel : skipLabel}
        </Button>
      </div>
    </section>
  );
}
