import { Stack } from '@mantine/core';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import type { ToolView } from '../../contract-views.ts';
import classes from './ByHand.module.css';
import { fillKey, wantsKey } from './fill-key.ts';
import { KeyPart } from './KeyPart.tsx';
import type { Secret } from './secret.ts';
import { ToolNotes } from './ToolNotes.tsx';

interface ByHandProps {
  readonly tool: ToolView;
  readonly secret: Secret | undefined;
  readonly onSecret: (secret: Secret | undefined) => void;
}

/** The steps of a tool, with the lines to copy and the key in them. */
export function ByHand({ tool, secret, onSecret }: ByHandProps) {
  const needsKey = tool.steps.some(({ code }) => code !== undefined && wantsKey(code.text));
  return (
    <Stack gap="md">
      {(needsKey || tool.steps.length > 0) && <KeyPart tool={tool} secret={secret} onSecret={onSecret} />}
      <ol className={classes.steps} aria-label="Steps">
        {tool.steps.map(({ text, code }, at) => (
          <li key={text} className={classes.step}>
            <span className={classes.number} aria-hidden="true">
              {at + 1}
            </span>
            <div className={classes.content}>
              <p className={classes.text}>{text}</p>
              {code !== undefined && (
                <CodeBlock title={code.place ?? ''} name={code.copyName} code={fillKey(code.text, secret?.value)} />
              )}
            </div>
          </li>
        ))}
      </ol>
      <ToolNotes notes={tool.notes} />
    </Stack>
  );
}
