import { memo } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { highlightCode } from './highlight.ts';
import { markdownParts } from './markdown-parts.tsx';
import { useCalmText } from './use-calm-text.ts';

const REMARK = [remarkGfm];
const COLOURED = [highlightCode];
const PLAIN: typeof COLOURED = [];
/** Colouring a growing block anew with every word of it would cost more the longer it gets. */
const GROWING_CHARACTERS_MAX = 4_000;
/** Thousands of coloured words in one block make the window slow for nobody's good. */
const COLOURED_CHARACTERS_MAX = 24_000;

interface MarkdownBlockProps {
  readonly text: string;
  readonly growing: boolean;
}

export const MarkdownBlock = memo(function MarkdownBlock({ text, growing }: MarkdownBlockProps) {
  const shown = useCalmText(text, growing);
  return <Drawn text={shown} plain={shown.length > (growing ? GROWING_CHARACTERS_MAX : COLOURED_CHARACTERS_MAX)} />;
});

const Drawn = memo(function Drawn({ text, plain }: { readonly text: string; readonly plain: boolean }) {
  return (
    <ReactMarkdown
      remarkPlugins={REMARK}
      rehypePlugins={plain ? PLAIN : COLOURED}
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
