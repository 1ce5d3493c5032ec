/**
 * How the parts of an answer are drawn. What comes from a model is never trusted: no raw HTML, nothing is fetched (images
 * become links), and links lead out of the window.
 */
import type { ReactNode } from 'react';
import type { Components } from 'react-markdown';
import { CodeFence } from './CodeFence.tsx';
import { codeLanguage, codeText } from './code-text.ts';
import classes from './Markdown.module.css';
import { ScrollBox } from './ScrollBox.tsx';
import { safeHref } from './safe-href.ts';

export const markdownParts: Components = {
  h1: ({ children }) => <Heading level={1}>{children}</Heading>,
  h2: ({ children }) => <Heading level={2}>{children}</Heading>,
  h3: ({ children }) => <Heading level={3}>{children}</Heading>,
  h4: ({ children }) => <Heading level={4}>{children}</Heading>,
  h5: ({ children }) => <Heading level={5}>{children}</Heading>,
  h6: ({ children }) => <Heading level={6}>{children}</Heading>,
  a: ({ href, children }) => <OutLink href={href}>{children}</OutLink>,
  img: ({ src, alt }) => (
    <OutLink href={typeof src === 'string' ? src : undefined}>
      Image{alt === undefined || alt === '' ? '' : `: ${alt}`}
    </OutLink>
  ),
  pre: ({ node, children }) => {
    const [code] = node?.children ?? [];
    const language = code?.type === 'element' ? codeLanguage(code.properties.className) : undefined;
    return (
      <CodeFence language={language} text={codeText(node)}>
        {children}
      </CodeFence>
    );
  },
  table: ({ children }) => (
    <ScrollBox className={classes.tableBox} label="Table">
      <table>{children}</table>
    </ScrollBox>
  ),
  input: ({ checked }) => (
    <span className={classes.task} data-checked={checked === true} role="img" aria-label={checked ? 'done' : 'open'} />
  ),
};

/** Answers stand under the heading with their model's name, so theirs are all one level below it. */
function Heading({ level, children }: { readonly level: number; readonly children: ReactNode }) {
  return (
    <h3 className={classes.heading} data-level={level}>
      {children}
    </h3>
  );
}

function OutLink({ href, children }: { readonly href: string | undefined; readonly children: ReactNode }) {
  const safe = safeHref(href);
  if (safe === undefined) return <span>{children}</span>;
  return (
    <a href={safe} title={safe} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}
