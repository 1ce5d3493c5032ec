/** Ids for entries that a person writes: pressed twice or sent again after a lost answer, one thing is written once. */

/** Gives the same id as long as the content stays the same, a new one for other content. */
export function createEntryIds(random: () => string): (content: unknown) => string {
  let last: { readonly content: string; readonly id: string } | undefined;
  return (content) => {
    const text = JSON.stringify(content);
    if (last?.content !== text) last = { content: text, id: `window-${random()}` };
    return last.id;
  };
}

/** 128 bits in hex. */
export function randomHex(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
