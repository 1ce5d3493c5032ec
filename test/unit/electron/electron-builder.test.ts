import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..', '..', '..');
const config: unknown = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'));

interface Validator {
  validateConfiguration(
    config: unknown,
    debugLogger: { isEnabled: boolean; add(key: string, value: unknown): void },
  ): Promise<void>;
}

/** The packer's own validator, found the way the packer finds it. */
function validator(): Validator {
  const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
  return builder('app-builder-lib/out/util/config/config.js') as Validator;
}

const validate = (candidate: unknown) =>
  validator().validateConfiguration(candidate, { isEnabled: false, add: () => undefined });

describe('electron-builder.yml', () => {
  it('holds against the packer’s own schema', async () => {
    await validate(config);
  });

  it('would not hold with a field the packer does not know', async () => {
    await expect(validate({ ...(config as object), appID: 'x' })).rejects.toThrow('appID');
  });

  it('closes every door a fuse can close, and rebuilds nothing', () => {
    expect(config).toMatchObject({
      asar: true,
      npmRebuild: false,
      electronFuses: {
        runAsNode: false,
        enableNodeOptionsEnvironmentVariable: false,
        enableNodeCliInspectArguments: false,
        enableEmbeddedAsarIntegrityValidation: true,
        onlyLoadAppFromAsar: true,
        grantFileProtocolExtraPrivileges: false,
      },
    });
  });
});
