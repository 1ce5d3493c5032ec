/** What Gatehouse stands on: Node, clock and zone, and the network settings it inherits. */
import { access, constants } from 'node:fs/promises';
import { type Finding, fail, ok, warn, words } from './finding.ts';

const NODE_MIN: readonly [number, number] = [22, 12];
/** A clock before the first release is wrong, and budgets would be counted in the wrong month. */
const CLOCK_MIN_MS = Date.UTC(2026, 0, 1);
const LOOPBACK_NAMES = ['127.0.0.1', 'localhost'];
const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const enough = major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
  if (enough) return ok('node', `Node ${version} on ${process.platform} ${process.arch}`);
  return fail(
    'node',
    `Node ${version} is too old`,
    `Use Node ${NODE_MIN.join('.')} or later; npm start brings its own.`,
  );
}

export function checkTime(configuredZone: string | undefined, nowMs: number): Finding {
  if (nowMs < CLOCK_MIN_MS) {
    return fail('time', `the clock says ${new Date(nowMs).toISOString()}`, 'Set the clock: budgets are counted by it.');
  }
  const zone = configuredZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const source = configuredZone === undefined ? 'of this system' : 'of the config';
  const local = new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' });
  return ok('time', `budgets count in ${zone} (${source}), where it is ${local.format(nowMs)}`);
}

/** Values are not shown: a proxy address may hold a password. */
export async function checkNetworkSettings(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const proxies = PROXY_VARIABLES.filter((name) => isSet(env, name));
  const findings = [
    ...proxyFindings(env, proxies),
    ...(await caFindings(env.NODE_EXTRA_CA_CERTS)),
    ...(env.NODE_TLS_REJECT_UNAUTHORIZED === '0'
      ? [
          fail(
            'tls',
            'NODE_TLS_REJECT_UNAUTHORIZED=0 turns certificate checks off: anybody on the way can read your provider keys',
            'Unset it; point NODE_EXTRA_CA_CERTS at the CA file of your company instead.',
          ),
        ]
      : []),
  ];
  return findings.length > 0 ? findings : [ok('network', 'no proxy and no extra certificates are set')];
}

function proxyFindings(env: NodeJS.ProcessEnv, proxies: readonly string[]): Finding[] {
  if (proxies.length === 0) return [];
  const names = proxies.join(', ');
  const findings = [
    ok(
      'proxy',
      `providers are called through the proxy of ${names}; servers on this machine and NO_PROXY hosts are not`,
    ),
  ];
  const exempt = (env.NO_PROXY ?? env.no_proxy ?? '').split(',').map((host) => host.trim());
  if (!exempt.includes('*') && !LOOPBACK_NAMES.every((host) => exempt.includes(host))) {
    findings.push(
      warn(
        'no_proxy',
        'tools on this machine may send their calls for 127.0.0.1 to that proxy',
        `Set NO_PROXY=${LOOPBACK_NAMES.join(',')} for them.`,
      ),
    );
  }
  return findings;
}

async function caFindings(path: string | undefined): Promise<Finding[]> {
  if (path === undefined || path === '') return [];
  try {
    await access(path, constants.R_OK);
    return [ok('ca', `extra certificates come from ${path}`)];
  } catch (error) {
    return [
      fail(
        'ca',
        `NODE_EXTRA_CA_CERTS names ${path}, which cannot be read (${words(error)})`,
        'Correct the path or unset it.',
      ),
    ];
  }
}

function isSet(env: NodeJS.ProcessEnv, name: string): boolean {
  const value = env[name];
  return value !== undefined && value !== '';
}
