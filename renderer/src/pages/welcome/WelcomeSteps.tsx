import { IconCheck } from '@tabler/icons-react';
import { Link } from 'wouter';
import { SETUP_STEPS, type SetupStep } from '../../../../proxy/contract/setup.ts';
import type { SetupView } from '../../contract-views.ts';
import { STEP_NAMES, stepNumber } from './step-list.ts';
import { useDoneSteps } from './use-done-steps.ts';
import classes from './WelcomePage.module.css';

/** Where the person is, and what is done. Each step can be gone to. */
export function WelcomeSteps({ setup, step }: { readonly setup: SetupView; readonly step: SetupStep }) {
  const done = useDoneSteps(setup);
  return (
    <nav className={classes.steps} aria-label="Steps">
      <ol className={classes.list}>
        {SETUP_STEPS.map((each) => (
          <li key={each}>
            <Link href={`/welcome/${each}`} className={classes.step} aria-current={each === step ? 'step' : undefined}>
              <span className={classes.number} data-done={done.has(each) || undefined} aria-hidden="true">
                {done.has(each) ? <IconCheck size={13} stroke={2.5} /> : stepNumber(each)}
              </span>
              <span>
                {STEP_NAMES[each]}
                {done.has(each) && <span className="visually-hidden">, done</span>}
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
