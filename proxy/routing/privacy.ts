/** Which targets keep a prompt to themselves: providers that retain nothing, and the person's own hardware. */
import { isLoopbackName } from '../core/loopback.ts';
import type { Target } from './types.ts';

/** Names that only the person's own network can reach. */
const OWN_NETWORK =
  /^(?:(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+|\[f[cd][0-9a-f:]*\]|.+\.(?:local|lan|internal|home\.arpa))$/;

/** How Ollama names the models that it passes on to its cloud: `gpt-oss:120b-cloud`, `glm-4.6:cloud`. */
const CLOUD_NAME = /[:-]cloud$/;

/**
 * `retention: none`, the simulator, anything on this machine, and Ollama or LM Studio in the person's own network. A model
 * that a local server only passes on to somebody else's is not private, wherever that server stands.
 */
export function isPrivate({ provider, modelId, info }: Pick<Target, 'provider' | 'modelId' | 'info'>): boolean {
  const { kind, retention } = provider.config;
  if (kind === 'simulator' || retention === 'none') return true;
  if (info?.runsElsewhere === true) return false;
  const ownServer = kind === 'ollama' || kind === 'lmstudio';
  if (ownServer && CLOUD_NAME.test(modelId)) return false;
  const hostname = hostnameOf(provider.baseUrl);
  if (hostname === undefined) return false;
  return isLoopbackName(hostname) || (ownServer && OWN_NETWORK.test(hostname));
}

function hostnameOf(baseUrl: string): string | undefined {
  return URL.canParse(baseUrl) ? new URL(baseUrl).hostname : undefined;
}
