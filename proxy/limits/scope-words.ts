/** Scopes (`global`, `key:<id>`, `project:<id>` ...) and the ids of key caps, in words for people. */

/** The cap that a key's own policy carries is no budget of the config; its id tells them apart. */
export const KEY_CAP_PREFIX = 'key-cap:';

/** `key:cli` -> `access key "cli"`. */
export function scopeInWords(scope: string): string {
  if (scope === 'global') return 'all calls';
  const colon = scope.indexOf(':');
  const kind = scope.slice(0, Math.max(colon, 0));
  return `${kind === 'key' ? 'access key' : kind} "${scope.slice(colon + 1)}"`;
}
