import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from 'wouter';
import { SETUP_STEPS } from '../../../../proxy/contract/setup.ts';
import type { SetupView } from '../../contract-views.ts';
import { STEP_NAMES, stepNumber } from '../welcome/step-list.ts';
import { useSaveSetup } from '../welcome/use-setup.ts';
import classes from './SetupReminder.module.css';

/** The guided start, begun and not finished: one line, until it is done or sent away. */
export function SetupReminder({ setup }: { readonly setup: SetupView }) {
  const { mutate: save } = useSaveSetup();
  if (setup.state !== 'open') return null;
  return (
    <section className={classes.reminder} aria-label="Setting up">
      <p className={classes.words}>
        <span className="muted">
          Step {stepNumber(setup.step)} of {SETUP_STEPS.length}
        </span>{' '}
        <span className={classes.name}>{STEP_NAMES[setup.step]}</span>
      </p>
      <Button component={Link} href="/welcome" size="xs">
        Continue setting up
      </Button>
      <Tooltip label="Do not show this again">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Do not show this again"
          onClick={() => save({ state: 'dismissed' })}
        >
          <IconX size={16} color="var(--gh-muted)" />
        </ActionIcon>
      </Tooltip>
    </section>
  );
}
