/** The compiled modules of an application folder, held against the system and processor it is packed for. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { type NativeTarget, nativeTargets } from './native-target.ts';
import { NATIVE_MODULES } from './shipped.ts';

export interface NativeFile {
  /** Below the resources folder, with forward slashes. */
  readonly path: string;
  readonly module: string;
}

const UNPACKED = 'app.asar.unpacked';

/**
 * All `.node` files beside app.asar. Throws where a native module is missing, stands there twice or cannot run on
 * `target`: such a package starts, and then finds neither its ledger nor the keychain.
 */
export function nativeFiles(resourcesDir: string, target: NativeTarget): NativeFile[] {
  return NATIVE_MODULES.map((module) => {
    const dir = join(resourcesDir, UNPACKED, 'node_modules', module);
    const found = existsSync(dir) ? readdirSync(dir, { recursive: true, encoding: 'utf8' }) : [];
    const [file, ...more] = found.filter((name) => name.endsWith('.node'));
    if (file === undefined) {
      throw new Error(
        `${module} has no compiled module for ${say(target)}: run npm ci on such a machine and pack there`,
      );
    }
    if (more.length > 0)
      throw new Error(`${module} brings ${more.length + 1} compiled modules, and one is meant to ship`);
    const made = nativeTargets(readFileSync(join(dir, file)));
    if (!made.some(({ platform, arch }) => platform === target.platform && arch === target.arch)) {
      const instead = made.length === 0 ? 'something else' : made.map(say).join(' and ');
      throw new Error(
        `${module} is compiled for ${instead}, and this package is for ${say(target)}: pack on a machine of that kind`,
      );
    }
    return { module, path: [UNPACKED, 'node_modules', module, ...file.split(sep)].join('/') };
  });
}

const say = ({ platform, arch }: NativeTarget): string => `${platform} ${arch}`;
