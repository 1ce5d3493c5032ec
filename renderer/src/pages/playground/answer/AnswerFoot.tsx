import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowRight, IconCode, IconListSearch, IconRefresh, type TablerIcon } from '@tabler/icons-react';
import { CopyIcon } from '../../../components/CopyIcon.tsx';
import { Status } from '../../../components/Status.tsx';
import { useLive } from '../../../live/use-live.ts';
import type { Place, Step } from '../state/conversation.ts';
import { usePlayground } from '../state/playground-context.ts';
import type { Run } from '../state/run-state.ts';
import classes from './AnswerFoot.module.css';
import { answerFigures, type Merit } from './answer-figures.ts';
import { FigureLine } from './FigureLine.tsx';

interface AnswerFootProps {
  readonly place: Place;
  readonly steps: readonly Step[];
  readonly run: Run;
  readonly merits: ReadonlySet<Merit> | undefined;
  /** Nothing came after it: it may be made again. */
  readonly last: boolean;
  /** There are others beside it. */
  readonly compared: boolean;
}

/** Under an answer: its state, its figures, and what can be done with it. The same height from its first moment on. */
export function AnswerFoot({ place, steps, run, merits, last, compared }: AnswerFootProps) {
  const { store, openTrace, openCode } = usePlayground();
  const over = run.phase !== 'running';
  const text = steps
    .map(({ run: one }) => one.text)
    .join('\n\n')
    .trim();
  return (
    <div className={classes.foot}>
      <div className={classes.state} role="status">
        {over ? <Figures steps={steps} run={run} merits={merits} /> : <Status tone="busy">{waitingWords(run)}</Status>}
      </div>
      <div className={classes.actions}>
        {over && text !== '' && <CopyIcon value={text} name="answer" />}
        {over && last && <Action icon={IconRefresh} label="Try again" onClick={() => store.retry(place)} />}
        {over && last && compared && (
          <Action icon={IconArrowRight} label="Continue with this one" onClick={() => store.keepLane(place.laneId)} />
        )}
        <Action icon={IconCode} label="Show as code" onClick={() => openCode(run.input)} />
        <Action icon={IconListSearch} label="Trace" onClick={() => openTrace(place)} />
      </div>
    </div>
  );
}

function Figures({ steps, run, merits }: Pick<AnswerFootProps, 'steps' | 'run' | 'merits'>) {
  const request = useLive((live) =>
    run.finish === undefined ? live.requests.find(({ id }) => id === run.requestId) : undefined,
  );
  return <FigureLine figures={answerFigures(steps, request)} merits={merits} />;
}

function waitingWords(run: Run): string {
  if (run.text !== '' || run.toolCalls.length > 0) return 'Writing…';
  return run.reasoning === '' ? 'Waiting for the first token…' : 'Thinking…';
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
