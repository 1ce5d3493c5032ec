/** How calls get out, as the environment says it: for people, so without user and password. */
import type { NetworkView, ProxyView } from '../../contract/system-view.ts';
import { CertificateFileError, namedCertificates } from './certificates.ts';
import { ProxySettingError, proxyAddress, setVariable } from './proxy-for.ts';

const MASK = '***';

export function networkSettings(env: NodeJS.ProcessEnv): NetworkView {
  const proxies = [proxyView('https', env), proxyView('http', env)].filter((view) => view !== undefined);
  const direct = setVariable('NO_PROXY', env);
  return {
    proxies,
    ...(direct === undefined
      ? {}
      : { direct: { variable: direct.name, hosts: direct.value.split(/[\s,]+/).filter((host) => host !== '') } }),
    ...extraCertificates(env),
  };
}

function proxyView(scheme: 'https' | 'http', env: NodeJS.ProcessEnv): ProxyView | undefined {
  const variable = setVariable(scheme === 'https' ? 'HTTPS_PROXY' : 'HTTP_PROXY', env);
  if (variable === undefined) return undefined;
  try {
    return { scheme, variable: variable.name, address: masked(proxyAddress(variable)) };
  } catch (error) {
    if (error instanceof ProxySettingError) return { scheme, variable: variable.name, problem: error.message };
    throw error;
  }
}

/** A user name alone may be a token, so it is masked as well. */
function masked(address: string): string {
  const { protocol, host, username, password } = new URL(address);
  if (username === '' && password === '') return `${protocol}//${host}`;
  return `${protocol}//${password === '' ? MASK : `${MASK}:${MASK}`}@${host}`;
}

function extraCertificates(env: NodeJS.ProcessEnv): Pick<NetworkView, 'extraCertificates'> {
  const path = env.NODE_EXTRA_CA_CERTS;
  if (path === undefined || path === '') return {};
  try {
    return { extraCertificates: { path, count: namedCertificates(env).length } };
  } catch (error) {
    if (error instanceof CertificateFileError) return { extraCertificates: { path, problem: error.message } };
    throw error;
  }
}
