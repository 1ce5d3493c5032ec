/** Where the servers listen unless they were told otherwise; Ollama is told by OLLAMA_HOST, which we may read too. */
import type { LocalServer } from './types.ts';

const OLLAMA_PORT = 11434;
const LM_STUDIO_PORT = 1234;

/** The first of a kind that answers is taken. Only this machine: an OLLAMA_HOST elsewhere is left to the person to add. */
export function localServers(env: NodeJS.ProcessEnv): readonly LocalServer[] {
  const told = loopbackOrigin(env.OLLAMA_HOST);
  const usual = `http://127.0.0.1:${OLLAMA_PORT}`;
  return [
    ...(told === undefined || told === usual ? [] : [{ kind: 'ollama', origin: told } as const]),
    { kind: 'ollama', origin: usual },
    { kind: 'lmstudio', origin: `http://127.0.0.1:${LM_STUDIO_PORT}` },
  ];
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
/** Where a server listens that was told to listen everywhere. */
const EVERYWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '[::]']);

/** `127.0.0.1:11500`, `http://localhost:11500`, `:11500`, `0.0.0.0`: as Ollama itself reads it. */
function loopbackOrigin(text: string | undefined): string | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const given = text.trim().replace(/^:/, '127.0.0.1:');
  const hasScheme = given.includes('://');
  if (!URL.canParse(hasScheme ? given : `http://${given}`)) return undefined;
  const url = new URL(hasScheme ? given : `http://${given}`);
  if (url.protocol !== 'http:') return undefined;
  const host = EVERYWHERE.has(url.hostname) ? '127.0.0.1' : url.hostname;
  if (!LOOPBACK.test(host)) return undefined;
  // An address with a scheme has the scheme's port where it names none.
  const port = url.port === '' ? (hasScheme ? 80 : OLLAMA_PORT) : Number(url.port);
  return `http://${host === 'localhost' ? '127.0.0.1' : host}:${port}`;
}
