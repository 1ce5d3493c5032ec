import { useMemo } from 'react';
import './highlight.css';
import classes from './Markdown.module.css';
import { MarkdownBlock } from './MarkdownBlock.tsx';
import { splitBlocks } from './split-blocks.ts';

interface MarkdownProps {
  readonly text: string;
  /** More of it is on its way. */
  readonly growing: boolean;
}

/** A model's Markdown. While it grows only its last block is drawn anew. */
export function Markdown({ text, growing }: MarkdownProps) {
  const blocks = useMemo(() => splitBlocks(text).map((block, index) => ({ block, index })), [text]);
  return (
    <div className={classes.markdown}>
      {blocks.map(({ block, index }) => (
        <MarkdownBlock key={index} text={block} growing={growing && index === blocks.length - 1} />
      ))}
    </div>
  );
}
