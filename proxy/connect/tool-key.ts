/** The access key of a tool: kept while it is good, made anew when it is not. */
import { type Desk, keyIdOf, keyOf, type Told } from './desk.ts';
import { ConnectError } from './errors.ts';
import { sha256Of } from './files/config-file.ts';
import { matchFile, type OpenFile } from './files/open-files.ts';
import { holdsKey } from './secret-place.ts';
import type { KeyChoice } from './types.ts';

export type KeyState =
  /** The person's own, or the one in the files. */
  | { readonly kind: 'known'; readonly secret: string; readonly keyId: string | undefined }
  /** The tool keeps it where Gatehouse does not look (Zed's keychain), and it is still good. */
  | { readonly kind: 'elsewhere'; readonly secretSha256: string; readonly keyId: string | undefined }
  | { readonly kind: 'new' };

export function keyStateOf(desk: Desk, told: Told, files: readonly OpenFile[], choice: KeyChoice): KeyState {
  if (choice.from === 'own') return { kind: 'known', secret: choice.secret, keyId: undefined };
  const record = desk.records.get(told.tool.id);
  if (record === undefined) return { kind: 'new' };
  const { keyId, secretSha256 } = record;
  if (keyId !== undefined && keyOf(desk, told.tool.id) === undefined) return { kind: 'new' };
  if (!files.some(({ target }) => holdsKey(target.entries))) return { kind: 'elsewhere', secretSha256, keyId };
  const secret = files.map((file) => matchFile(file).secret).find((found) => found !== undefined);
  const good = secret !== undefined && sha256Of(secret) === secretSha256;
  return good ? { kind: 'known', secret, keyId } : { kind: 'new' };
}

/** Its id is the tool's, so that it shows in every table; an earlier one of that id is revoked. Throws AccessKeyError. */
export function makeToolKey(desk: Desk, { tool }: Told) {
  const id = keyIdOf(tool.id);
  const earlier = keyOf(desk, tool.id);
  if (earlier !== undefined && !earlier.managed) desk.accessKeys.revoke(id);
  return desk.accessKeys.create({ id });
}

/** For who follows the steps by hand. Throws ConnectError `key_in_use`, AccessKeyError. */
export function createToolKey(desk: Desk, told: Told) {
  const record = desk.records.get(told.tool.id);
  if (record?.keyId !== undefined && keyOf(desk, told.tool.id) !== undefined) {
    throw new ConnectError(
      'key_in_use',
      `${told.tool.name} is connected with its key already. Undo that first, then make a new one.`,
    );
  }
  return makeToolKey(desk, told);
}
