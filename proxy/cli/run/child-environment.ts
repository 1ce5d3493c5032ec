/** The environment of a run's child: its own key and addresses, and nothing that leads around them. */
import { delimiter, join } from 'node:path';
import { CONFLICTING_VARIABLES } from '../../contract/run-environment.ts';

export interface ChildEnvironment {
  readonly env: NodeJS.ProcessEnv;
  /** Where the person stood; undefined: where this process stands. */
  readonly cwd: string | undefined;
}

/**
 * `own` wins over everything. Ours (`GATEHOUSE_*`: passphrase, other keys, places) stay here. On Windows names are the same
 * in any case, so they are compared that way everywhere.
 */
export function childEnvironment(parent: NodeJS.ProcessEnv, own: Readonly<Record<string, string>>): ChildEnvironment {
  const dropped = new Set([...CONFLICTING_VARIABLES, ...Object.keys(own)].map((name) => name.toUpperCase()));
  const kept = Object.entries(parent).filter(
    ([name]) => !dropped.has(name.toUpperCase()) && !/^GATEHOUSE_/i.test(name),
  );
  const { env, cwd } = withoutNpm(Object.fromEntries(kept));
  return { env: { ...env, ...own, ...aroundProxy(env) }, cwd };
}

/**
 * `npm run -s gatehouse -- run ...` moves to the project's folder and puts its programs first on PATH: the person's
 * command must see neither.
 */
function withoutNpm(env: NodeJS.ProcessEnv): ChildEnvironment {
  if (env.npm_lifecycle_event !== 'gatehouse') return { env, cwd: undefined };
  const { INIT_CWD: cwd, npm_package_json: packageJson, ...rest } = env;
  const ours = packageJson === undefined ? undefined : join(packageJson, '..', 'node_modules', '.bin');
  const kept = Object.entries(rest).filter(([name]) => !/^npm_/i.test(name));
  return {
    env: Object.fromEntries(
      kept.map(([name, value]) => [name, /^path$/i.test(name) ? withoutFirstEntries(value, ours) : value]),
    ),
    cwd,
  };
}

/** What npm put in front: our own programs, those of the folders above, and its node-gyp. */
function withoutFirstEntries(path: string | undefined, ours: string | undefined): string | undefined {
  const entries = path?.split(delimiter) ?? [];
  if (ours === undefined || entries[0] !== ours) return path;
  const own = entries.findIndex((entry) => !/[\\/]node_modules[\\/]\.bin$|[\\/]node-gyp-bin$/.test(entry));
  return own < 0 ? path : entries.slice(own).join(delimiter);
}

/** Behind a proxy, calls to this machine would go to the proxy, which cannot reach it. */
function aroundProxy(env: NodeJS.ProcessEnv): Record<string, string> {
  if (!Object.keys(env).some((name) => /^(http|https|all)_proxy$/i.test(name))) return {};
  const excepted = env.no_proxy ?? env.NO_PROXY ?? '';
  const listed = excepted.split(',').map((entry) => entry.trim());
  const all = [...listed.filter((entry) => entry !== ''), '127.0.0.1', 'localhost'];
  const value = [...new Set(all)].join(',');
  return { NO_PROXY: value, no_proxy: value };
}
