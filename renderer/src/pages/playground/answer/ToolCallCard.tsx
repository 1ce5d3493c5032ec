import { IconTool } from '@tabler/icons-react';
import { ScrollBox } from '../../../markdown/ScrollBox.tsx';
import type { ToolCallText } from '../state/run-state.ts';
import { prettyJson } from './pretty-json.ts';
import classes from './ToolCallCard.module.css';

interface ToolCallCardProps {
  readonly call: ToolCallText;
  /** What the person answered for the tool; undefined: nothing yet. */
  readonly result: string | undefined;
}

export function ToolCallCard({ call, result }: ToolCallCardProps) {
  const name = call.name === '' ? 'a tool' : call.name;
  return (
    <div className={classes.card}>
      <p className={classes.name}>
        <IconTool size={14} aria-hidden="true" />
        <span>
          Calls <span className="mono">{name}</span>
        </span>
      </p>
      {call.arguments !== '' && (
        <ScrollBox className={classes.text} label={`Arguments of ${name}`}>
          {prettyJson(call.arguments)}
        </ScrollBox>
      )}
      {result !== undefined && (
        <>
          <p className={classes.subtitle}>Result</p>
          <ScrollBox className={classes.text} label={`Result of ${name}`}>
            {prettyJson(result)}
          </ScrollBox>
        </>
      )}
    </div>
  );
}
