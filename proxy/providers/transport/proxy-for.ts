/** Which proxy, if any, stands between this machine and an origin: HTTPS_PROXY, HTTP_PROXY, NO_PROXY, in either case. */
import { isLoopbackName } from '../../core/loopback.ts';

export interface ProxyChoice {
  /** The proxy's address as configured; may hold a password. */
  readonly url: string;
  /** For messages: the variable and the address without user and password. */
  readonly words: string;
}

export class ProxySettingError extends Error {
  override readonly name = 'ProxySettingError';
}

/** Undefined: connect directly. Loopback is never proxied. Throws ProxySettingError when the variable is no address. */
export function proxyFor(origin: string, env: NodeJS.ProcessEnv): ProxyChoice | undefined {
  const target = new URL(origin);
  const variable = setVariable(target.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY', env);
  if (
    variable === undefined ||
    isLoopbackName(target.hostname) ||
    isExcluded(target, env.no_proxy ?? env.NO_PROXY ?? '')
  )
    return undefined;
  const url = proxyAddress(variable);
  return { url, words: `the proxy ${new URL(url).origin} (${variable.name})` };
}

interface SetVariable {
  readonly name: string;
  readonly value: string;
}

/** With its scheme, which may be left out in the variable; may hold a password. Throws ProxySettingError. */
export function proxyAddress({ name, value }: SetVariable): string {
  const text = value.includes('://') ? value : `http://${value}`;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new ProxySettingError(
      `the environment variable ${name} is not the address of an HTTP proxy, as in http://proxy.example:8080`,
    );
  }
  return text;
}

/** By its name in small or in capital letters, in that order; undefined where neither says anything. */
export function setVariable(name: string, env: NodeJS.ProcessEnv): SetVariable | undefined {
  for (const known of [name.toLowerCase(), name]) {
    const value = env[known];
    if (value !== undefined && value !== '') return { name: known, value };
  }
  return undefined;
}

/** `*`, `host`, `.suffix`, `*.suffix`, each with an optional port; separated by commas or spaces. */
function isExcluded(target: URL, noProxy: string): boolean {
  const port = target.port === '' ? (target.protocol === 'https:' ? '443' : '80') : target.port;
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', wantedPort] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(entry) ?? [];
      if (name === '' || (wantedPort !== undefined && wantedPort !== port)) return false;
      const suffix = name.replace(/^\*?\./, '');
      return target.hostname === suffix || target.hostname.endsWith(`.${suffix}`);
    });
}
