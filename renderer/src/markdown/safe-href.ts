/** Where a link in an answer may lead: the web and mail, written out. Anything else is shown as text. */
const ALLOWED: ReadonlySet<string> = new Set(['https:', 'http:', 'mailto:']);

export function safeHref(href: string | undefined): string | undefined {
  if (href === undefined || !URL.canParse(href)) return undefined;
  return ALLOWED.has(new URL(href).protocol) ? href : undefined;
}
