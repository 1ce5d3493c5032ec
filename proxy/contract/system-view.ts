/** What the gateway has from the machine it runs on: where its data lie, and how its calls get out. Never a secret. */
import { oc } from '@orpc/contract';
import { z } from 'zod';

export const dataDirectoryView = z.object({
  path: z.string(),
  /** Of all files in it. */
  bytes: z.int(),
  /** Left on its disk for this person; left out where the system does not say. */
  freeBytes: z.int().optional(),
});

export const proxyView = z.object({
  /** For calls to `https:` or to `http:` addresses. */
  scheme: z.enum(['https', 'http']),
  /** The environment variable it stands in. */
  variable: z.string(),
  /** User and password are masked; left out where the value is no address. */
  address: z.string().optional(),
  /** What is wrong with it, and what to do. */
  problem: z.string().optional(),
});
export type ProxyView = z.infer<typeof proxyView>;

export const networkView = z.object({
  /** Empty: calls go out directly. Calls to this machine itself always do. */
  proxies: z.array(proxyView),
  /** Hosts that are called directly in spite of a proxy, as the variable names them. */
  direct: z.object({ variable: z.string(), hosts: z.array(z.string()) }).optional(),
  /** The file of NODE_EXTRA_CA_CERTS. Trusted in any case: Node's own list of authorities and the system's. */
  extraCertificates: z
    .object({ path: z.string(), count: z.int().optional(), problem: z.string().optional() })
    .optional(),
});
export type NetworkView = z.infer<typeof networkView>;

export const systemView = z.object({ dataDirectory: dataDirectoryView, network: networkView });
export type SystemView = z.infer<typeof systemView>;

export const systemDesk = { view: oc.output(systemView) };
