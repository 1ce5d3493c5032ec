/**
 * @typedef {{ host: 'electron', executable: string } | { host: 'headless', why: string | undefined }} Choice
 * @typedef {object} Surroundings
 * @property {boolean} headlessAsked
 * @property {NodeJS.Platform} platform
 * @property {boolean} asRoot
 * @property {NodeJS.ProcessEnv} env
 * @property {() => Promise<string | undefined>} obtainElectron asked last: it may download
 */

/**
 * Which host `npm start` runs the gateway in. `why` is undefined when headless was asked for: nothing to explain then.
 * @param {Surroundings} surroundings
 * @returns {Promise<Choice>}
 */
export async function chooseHost({ headlessAsked, platform, asRoot, env, obtainElectron }) {
  if (headlessAsked) return { host: 'headless', why: undefined };
  const isLinux = platform === 'linux';
  if (isLinux && !env.DISPLAY && !env.WAYLAND_DISPLAY) return { host: 'headless', why: 'there is no display here' };
  // Electron refuses its sandbox to root, and going without a sandbox is a person's decision, not a script's.
  if (isLinux && asRoot) return { host: 'headless', why: 'Electron does not run as root with its sandbox on' };
  const executable = await obtainElectron();
  if (executable !== undefined) return { host: 'electron', executable };
  return { host: 'headless', why: "Electron's binary could not be had (tried at most once a day)" };
}
