import { lazy } from 'react';

const load = () => import('../../../markdown/Markdown.tsx');

/** Fetched apart: the pages that show no Markdown need not wait for it. */
export const Markdown = lazy(async () => ({ default: (await load()).Markdown }));

/** While the person still thinks about the question. */
export function preloadMarkdown(): void {
  // Where it fails, drawing the first answer asks again, and tells.
  load().catch(() => undefined);
}
