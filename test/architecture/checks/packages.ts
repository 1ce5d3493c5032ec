/** What package.json and package-lock.json must keep. */

export interface PackageJson {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly allowScripts?: Readonly<Record<string, boolean>>;
}

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
/** These two may run an install script: one unpacks the pinned Node, the other finds or compiles the keychain binding. */
const MAY_RUN_SCRIPTS = new Set(['node', 'keytar']);

export function brokenPackageJson(pkg: PackageJson): string[] {
  const all = { ...pkg.dependencies, ...pkg.devDependencies, ...pkg.optionalDependencies };
  const loose = Object.entries(all)
    .filter(([, version]) => !EXACT.test(version))
    .map(([name, version]) => `${name} is not pinned exactly: ${version}`);
  const scripts = Object.entries(pkg.allowScripts ?? {})
    .filter(([name, allowed]) => allowed && !MAY_RUN_SCRIPTS.has(name))
    .map(([name]) => `${name} may run an install script`);
  return [...loose, ...scripts];
}

/** A lockfile that names hosts breaks for everybody behind another registry. */
export function brokenLockfile(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => /"resolved":|"https?:\/\/[^"]*\.tgz"/.test(line))
    .map((line) => `package-lock.json names a host: ${line.trim()}`);
}
