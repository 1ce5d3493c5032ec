import type { ReactNode } from 'react';
import { CopyIcon } from '../components/CopyIcon.tsx';
import classes from './Markdown.module.css';
import { ScrollBox } from './ScrollBox.tsx';

interface CodeFenceProps {
  readonly language: string | undefined;
  readonly text: string;
  readonly children: ReactNode;
}

export function CodeFence({ language, text, children }: CodeFenceProps) {
  return (
    <div className={classes.fence}>
      <div className={classes.fenceHead}>
        <span>{language ?? 'text'}</span>
        <CopyIcon value={text} name="code" />
      </div>
      <ScrollBox className={classes.fenceBody} label={`Code, ${language ?? 'text'}`}>
        <pre className={classes.code}>{children}</pre>
      </ScrollBox>
    </div>
  );
}
