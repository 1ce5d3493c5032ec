import { IconChevronRight } from '@tabler/icons-react';
import classes from './Reasoning.module.css';

interface ReasoningProps {
  readonly text: string;
  /** The model has not begun its answer yet. */
  readonly thinking: boolean;
}

/** What the model thought before it answered: folded, for the answer is what was asked for. */
export function Reasoning({ text, thinking }: ReasoningProps) {
  return (
    <details className={classes.reasoning}>
      <summary className={classes.summary}>
        <IconChevronRight size={14} className={classes.arrow} aria-hidden="true" />
        <span>Thoughts</span>
        {thinking && <span className={`${classes.peek} truncate`}>{lastLine(text)}</span>}
      </summary>
      <div className={classes.text}>{text}</div>
    </details>
  );
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
