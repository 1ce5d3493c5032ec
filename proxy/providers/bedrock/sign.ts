/** What proves a request to Bedrock: AWS Signature Version 4 over it, or a bearer API key. */
import type { SignatureV4 } from '@smithy/signature-v4';
import { parseBedrockCredential } from './credential.ts';
import { needRegion } from './region.ts';
import { Sha256 } from './sha256.ts';

export interface SignableRequest {
  readonly method: 'GET' | 'POST';
  /** With a port where there is one, as it goes into the header `host`. */
  readonly host: string;
  /** As it goes over the wire, the model id percent-encoded in it; the signer encodes it once more, as AWS wants. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

export type SignedHeaders = Readonly<Record<string, string>>;
export type Signer = (request: Omit<SignableRequest, 'host'>, now: Date) => Promise<SignedHeaders>;

/** Of the request's own headers only these are signed: a proxy on the way may change the others. */
const SIGNED_HEADERS: readonly string[] = ['content-type'];

/**
 * What signs requests to one host. `region` undefined: told by the host. Throws GatehouseError credential_missing (the
 * secret is in no known form) and invalid_request (no region is known), so that both are said before anything is sent.
 */
export function signerFor(host: string, secret: string, region: string | undefined): Signer {
  const credential = parseBedrockCredential(secret);
  if (credential.kind === 'api-key') {
    const authorization = `Bearer ${credential.token}`;
    return async ({ headers }) => ({ ...headers, host, authorization });
  }
  const { kind: _, ...credentials } = credential;
  const told = needRegion(host, region);
  let signer: SignatureV4 | undefined;
  return async ({ method, path, headers, body }, now) => {
    if (signer === undefined) {
      // Loaded with the first call that is signed: most gateways never talk to Bedrock, and it takes 2 MB to be ready.
      const { SignatureV4: Signature } = await import('@smithy/signature-v4');
      signer = new Signature({ service: 'bedrock', region: told, credentials, sha256: Sha256 });
    }
    const [pathname = '', search = ''] = path.split('?', 2);
    const signed = await signer.sign(
      {
        method,
        protocol: 'https:',
        hostname: host,
        path: pathname,
        query: Object.fromEntries(new URLSearchParams(search)),
        headers: { ...pick(headers, SIGNED_HEADERS), host },
        body,
      },
      { signingDate: now },
    );
    return { ...headers, ...signed.headers };
  };
}

/** The request's headers with those that prove it. Rejects as `signerFor` throws. */
export async function signBedrock(
  request: SignableRequest,
  secret: string,
  region: string | undefined,
  now: Date,
): Promise<SignedHeaders> {
  return signerFor(request.host, secret, region)(request, now);
}

function pick(headers: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)));
}
