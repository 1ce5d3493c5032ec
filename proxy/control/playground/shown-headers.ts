/** The headers of an answer that a person may look at: the gateway's own, and the limits and waits that clients act on. */
const SHOWN =
  /^(x-gatehouse-|x-ratelimit-|anthropic-ratelimit-)|^(x-request-id|retry-after|retry-after-ms|x-should-retry|content-type)$/;

/** An allow-list: whatever else a provider sends (cookies, account names) stays unseen. */
export function shownHeaders(
  headers: Readonly<Record<string, string | string[]>>,
): { readonly name: string; readonly value: string }[] {
  return Object.entries(headers)
    .filter(([name]) => SHOWN.test(name))
    .map(([name, value]) => ({ name, value: typeof value === 'string' ? value : value.join(', ') }));
}
