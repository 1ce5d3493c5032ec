import { existsSync, readFileSync } from 'node:fs';
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
      asar: { smartUnpack: false },
      npmRebuild: false,
      electronFuses: {
        runAsNode: false,
        enableCookieEncryption: true,
        enableNodeOptionsEnvironmentVariable: false,
        enableNodeCliInspectArguments: false,
        enableEmbeddedAsarIntegrityValidation: true,
        onlyLoadAppFromAsar: true,
        grantFileProtocolExtraPrivileges: false,
      },
    });
  });

  it('makes what each system installs, and sends it nowhere', () => {
    expect(config).toMatchObject({
      linux: { target: ['AppImage', 'deb', 'rpm'] },
      mac: { target: ['dmg', 'zip'], hardenedRuntime: true, notarize: true },
      win: { target: ['nsis'] },
      publish: null,
    });
  });

  it('asks Linux for libsecret, through which the keyring is reached', () => {
    expect(config).toMatchObject({
      deb: { depends: expect.arrayContaining(['libsecret-1-0']) },
      rpm: { depends: expect.arrayContaining(['(libsecret or libsecret-1-0)']) },
    });
  });

  it('claims gatehouse: links, as the app does', () => {
    expect(config).toMatchObject({ protocols: [{ schemes: ['gatehouse'] }] });
  });

  it('names files that are here', () => {
    const { afterPack, afterAllArtifactBuild, mac, win, linux } = config as Record<string, string> &
      Record<string, Record<string, string>>;
    const icons = [mac?.icon, win?.icon, linux?.icon];
    for (const path of [afterPack, afterAllArtifactBuild, mac?.entitlements, mac?.entitlementsInherit, ...icons]) {
      expect(existsSync(join(root, String(path))), String(path)).toBe(true);
    }
  });

  it('entitles the app on macOS to compile at run time, and to nothing else', () => {
    const entitlements = readFileSync(join(root, 'resources', 'packaging', 'entitlements.mac.plist'), 'utf8');
    expect([...entitlements.matchAll(/<key>(.*)<\/key>\s*<(\w+)\/>/g)].map(([, key, value]) => [key, value])).toEqual([
      ['com.apple.security.cs.allow-jit', 'true'],
    ]);
  });
});
