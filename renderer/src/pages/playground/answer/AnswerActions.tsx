import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowRight, IconCode, IconListSearch, IconRefresh, type TablerIcon } from '@tabler/icons-react';
import { chatRequest } from '../../../../../proxy/contract/playground-request.ts';
import { CopyIcon } from '../../../components/CopyIcon.tsx';
import type { Place, Step } from '../state/conversation.ts';
import { usePlayground } from '../state/playground-context.ts';
import type { Run } from '../state/run-state.ts';
import classes from './AnswerFoot.module.css';

interface AnswerActionsProps {
  readonly place: Place;
  readonly steps: readonly Step[];
  readonly run: Run;
  readonly last: boolean;
  readonly compared: boolean;
}

export function AnswerActions({ place, steps, run, last, compared }: AnswerActionsProps) {
  const { store, openTrace, openCode } = usePlayground();
  const over = run.phase !== 'running';
  const real = run.phase !== 'example';
  const text = steps
    .map(({ run: one }) => one.text)
    .filter((said) => said !== '')
    .join('\n\n');
  return (
    <div className={classes.actions}>
      {over && text !== '' && <CopyIcon value={text} name="answer" />}
      {over && last && real && <Action icon={IconRefresh} label="Try again" onClick={() => store.retry(place)} />}
      {over && last && compared && (
        <Action icon={IconArrowRight} label="Continue with this one" onClick={() => store.keepLane(place.laneId)} />
      )}
      {real && (
        <>
          <Action icon={IconCode} label="Show as code" onClick={() => openCode(chatRequest(run.input))} />
          <Action icon={IconListSearch} label="Trace" onClick={() => openTrace(place)} />
        </>
      )}
    </div>
  );
}

interface ActionProps {
  readonly icon: TablerIcon;
  readonly label: string;
  readonly onClick: () => void;
}

function Action({ icon: Icon, label, onClick }: ActionProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="md" aria-label={label} onClick={onClick}>
        <Icon size={16} color="var(--gh-muted)" aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}
