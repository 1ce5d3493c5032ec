import { memo } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { highlightCode } from './highlight.ts';
import { markdownParts } from './markdown-parts.tsx';

const REMARK = [remarkGfm];
const COLOURED = [highlightCode];
const PLAIN: typeof COLOURED = [];
/** Colouring a growing block anew with every word of it would cost more the longer it gets. */
const GROWING_CHARACTERS_MAX = 4_000;

interface MarkdownBlockProps {
  readonly text: string;
  readonly growing: boolean;
}

export const MarkdownBlock = memo(function MarkdownBlock({ text, growing }: MarkdownBlockProps) {
  return (
    <ReactMarkdown
      remarkPlugins={REMARK}
      rehypePlugins={growing && text.length > GROWING_CHARACTERS_MAX ? PLAIN : COLOURED}
      components={markdownParts}
      urlTransform={asWritten}
    >
      {text}
    </ReactMarkdown>
  );
});

/** Links judge their address themselves (`safeHref`). */
function asWritten(url: string): string {
  return url;
}
