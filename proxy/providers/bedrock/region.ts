/** The region stands in the host of a Bedrock endpoint, and a signature is good for one region only. */
import { GatehouseError } from '../../core/errors.ts';

const REGION = '[a-z]{2,}(?:-[a-z]+)+-\\d{1,2}';
/** `bedrock-runtime.us-east-1.amazonaws.com`, `bedrock-runtime-fips.us-gov-west-1...`, `vpce-1-2.bedrock-runtime.eu-west-1.vpce...`. */
const ENDPOINT = new RegExp(`(?:^|\\.)bedrock(?:-runtime)?(?:-fips)?\\.(${REGION})\\.`);

export function endpointOf(region: string): string {
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://bedrock-runtime.${region}.${domain}`;
}

/** Undefined for a host that names none, e.g. a gateway of one's own. */
export function regionOfHost(host: string): string | undefined {
  return ENDPOINT.exec(host.toLowerCase())?.[1];
}

/** Throws GatehouseError invalid_request. */
export function needRegion(host: string, given: string | undefined): string {
  const region = given ?? regionOfHost(host);
  if (region !== undefined) return region;
  throw new GatehouseError(
    'invalid_request',
    `No AWS region is known for ${host}: use a baseUrl such as ${endpointOf('us-east-1')}, or a Bedrock API key, which needs no region.`,
  );
}
