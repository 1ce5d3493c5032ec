/** Which parts of a valid config this release does not act on yet. They are refused, never ignored. */
import type { Config } from './config.ts';

/** Paths such as `firewall.mode (block)`, in the order of the file; empty when everything is supported. */
export function unsupportedPaths(value: Config): string[] {
  const found: string[] = [];
  if (value.firewall.mode !== 'off') found.push(`firewall.mode (${value.firewall.mode})`);
  return found;
}
