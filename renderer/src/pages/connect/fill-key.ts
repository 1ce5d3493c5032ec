/** Texts of tools with the access key in its place, once there is one. Pure. */
import { KEY_PLACEHOLDER } from '../../../../proxy/contract/connect.ts';

/** Without a key the placeholder stays, so that a person sees where theirs goes. */
export function fillKey(text: string, secret: string | undefined): string {
  return secret === undefined ? text : text.replaceAll(KEY_PLACEHOLDER, () => secret);
}
