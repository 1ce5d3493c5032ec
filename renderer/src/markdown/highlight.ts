/** Colours for code. One highlighter for the window: making one per drawing would compile its grammars every time. */
import rehypeHighlight from 'rehype-highlight';

const highlight = rehypeHighlight({ detect: false });

/** A rehype plugin. */
export function highlightCode(): typeof highlight {
  return highlight;
}
