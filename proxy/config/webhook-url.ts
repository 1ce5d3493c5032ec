/** Where a webhook may go: encrypted, or to this machine. */
import { isLoopbackName } from '../core/loopback.ts';

/** Undefined when it may be used. Says what is wrong without repeating the address, whose path may be a secret. */
export function webhookUrlProblem(text: string): string | undefined {
  if (!URL.canParse(text)) return 'it is not an address; expected https://<host>/<path>';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'expected an https:// address';
  if (url.username !== '' || url.password !== '')
    return 'found a user name or password in the address; receivers check the signature instead';
  if (url.protocol === 'http:' && !isLoopbackName(url.hostname))
    return 'found http:// to another machine, where everybody on the way could read and change the alert; expected https:// (http:// is for this machine only)';
  return undefined;
}
