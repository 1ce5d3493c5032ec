/**
 * What of the environment electron-builder does not read by itself. Signing and notarisation it reads: CSC_LINK,
 * WIN_CSC_LINK, APPLE_API_KEY and their companions (docs/packaging.md).
 */
import { SetupError } from './say.mjs';

/** The feed must be one that nobody on the way can change. */
const secureFeed = /^https:\/\/[^\s/]+/;

/**
 * The arguments for electron-builder: `args` as given, never publishing, with what the environment adds.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env an empty variable counts as not set: that is how a workflow passes a secret it lacks
 * @returns {string[]}
 */
export function packageArguments(args, env) {
  const options = [...args, '--publish', 'never'];
  const feed = env.GATEHOUSE_UPDATE_URL ?? '';
  if (feed !== '') {
    if (!secureFeed.test(feed)) throw new SetupError(`GATEHOUSE_UPDATE_URL must begin with https://, not ${feed}`);
    options.push('-c.publish.provider=generic', `-c.publish.url=${feed}`);
  }
  const publisher = env.GATEHOUSE_WINDOWS_PUBLISHER ?? '';
  if (publisher !== '') options.push(`-c.win.signtoolOptions.publisherName=${publisher}`);
  const homepage = env.GATEHOUSE_HOMEPAGE ?? '';
  if (homepage !== '') options.push(`-c.extraMetadata.homepage=${homepage}`);
  const maintainer = env.GATEHOUSE_MAINTAINER ?? '';
  if (maintainer !== '') options.push(`-c.linux.maintainer=${maintainer}`);
  return options;
}

const signingVariable = /^((WIN_)?CSC_|APPLE_|AZURE_)/;

/**
 * The environment without signing variables that are empty: electron-builder takes an empty path of a certificate for a
 * certificate that cannot be read.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function packageEnvironment(env) {
  return Object.fromEntries(Object.entries(env).filter(([name, value]) => value !== '' || !signingVariable.test(name)));
}
