/**
 * The environment the gateway is forked with. A config may name any variable of the person's (`credential: env:NAME`),
 * so those pass; what changes how the process itself runs does not, since this app is often started from a terminal
 * inside somebody else's Electron or npm and would inherit their switches.
 */
const PROCESS_SWITCHES = [
  /^NODE_/,
  /^ELECTRON_/,
  /^CHROME_/,
  /^VSCODE_/,
  /^npm_/i,
  /^UV_/,
  /^(LD_PRELOAD|LD_AUDIT)$/,
  /^DYLD_/,
];

/** NODE_EXTRA_CA_CERTS and NODE_USE_SYSTEM_CA say whom to trust on a corporate network: they are the person's. */
const KEPT = new Set(['NODE_EXTRA_CA_CERTS', 'NODE_USE_SYSTEM_CA']);

/** glibc gives each thread a heap of its own unless told otherwise: megabytes of an idle gateway. */
const DEFAULTS = { MALLOC_ARENA_MAX: '2' };

export function gatewayEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const clean: Record<string, string> = { ...DEFAULTS };
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) continue;
    if (!KEPT.has(name) && PROCESS_SWITCHES.some((pattern) => pattern.test(name))) continue;
    clean[name] = value;
  }
  return clean;
}
