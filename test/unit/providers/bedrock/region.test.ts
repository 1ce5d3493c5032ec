import { expect, test } from 'vitest';
import { endpointOf, regionOfHost } from '../../../../proxy/providers/bedrock/region.ts';

test.each([
  ['bedrock-runtime.us-east-1.amazonaws.com', 'us-east-1'],
  ['BEDROCK-RUNTIME.eu-central-1.amazonaws.com:443', 'eu-central-1'],
  ['bedrock-runtime-fips.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
  ['bedrock-runtime.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
  ['vpce-0abc-1def.bedrock-runtime.ap-southeast-2.vpce.amazonaws.com', 'ap-southeast-2'],
  ['bedrock-runtime.eu-west-3.api.aws', 'eu-west-3'],
  ['localhost:8080', undefined],
  ['gateway.example.com', undefined],
  ['not-bedrock-runtime.us-east-1.example.com', undefined],
])('%s is in %s', (host, region) => {
  expect(regionOfHost(host)).toBe(region);
});

test('an endpoint names its region', () => {
  for (const region of ['us-east-1', 'cn-north-1', 'us-gov-east-1']) {
    expect(regionOfHost(new URL(endpointOf(region)).host)).toBe(region);
  }
});
