/** The connection pools: one direct, one for each proxy that is in use. Made when first needed (reading CAs takes time). */
import type { Dispatcher } from 'undici';
import { trustedCertificates } from './certificates.ts';
import { type ProxyChoice, proxyFor } from './proxy-for.ts';
import { Agent, ProxyAgent } from './undici-parts.ts';

export interface DispatcherOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly connectMs: number;
  /** Sockets per origin. More requests than that wait for a socket. */
  readonly connectionsMax: number;
}

export interface Route {
  readonly dispatcher: Dispatcher;
  readonly proxy: ProxyChoice | undefined;
}

export interface Dispatchers {
  /** Throws ProxySettingError or CertificateFileError. */
  route(origin: string): Route;
  /** Connections that lie idle are not used again; those in use end with what they carry. Rejects when one would not close. */
  renew(): Promise<void>;
  destroy(): Promise<void>;
}

export function createDispatchers(options: DispatcherOptions): Dispatchers {
  const routes = new Map<string, Route>();
  const pools = new Map<string, Dispatcher>();
  let certificates: string[] | undefined;

  function pool(proxy: ProxyChoice | undefined, secure: boolean): Dispatcher {
    const key = `${secure ? 'tls' : 'plain'} ${proxy?.url ?? ''}`;
    const known = pools.get(key);
    if (known !== undefined) return known;
    const made = makePool(options, proxy, secure);
    pools.set(key, made);
    return made;
  }

  function makePool(
    { connectMs, connectionsMax }: DispatcherOptions,
    proxy: ProxyChoice | undefined,
    secure: boolean,
  ): Dispatcher {
    if (secure || proxy?.url.startsWith('https:')) certificates ??= trustedCertificates(options.env);
    const tls = certificates === undefined ? {} : { ca: certificates };
    const common = { connections: connectionsMax, pipelining: 1, keepAliveTimeout: 30_000, allowH2: false };
    const connect = { timeout: connectMs, autoSelectFamily: true, ...tls };
    if (proxy === undefined) return new Agent({ ...common, connect });
    return new ProxyAgent({ ...common, uri: proxy.url, connect, requestTls: connect, proxyTls: connect });
  }

  return {
    route(origin) {
      const known = routes.get(origin);
      if (known !== undefined) return known;
      const proxy = proxyFor(origin, options.env);
      const route: Route = { dispatcher: pool(proxy, origin.startsWith('https:')), proxy };
      routes.set(origin, route);
      return route;
    },
    renew: async () => {
      const old = [...pools.values()];
      pools.clear();
      routes.clear();
      await Promise.all(old.map((dispatcher) => dispatcher.close()));
    },
    destroy: async () => {
      await Promise.all([...pools.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}
