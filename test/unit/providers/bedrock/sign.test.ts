/** Signatures against AWS's published example and against one made here by the steps of its documentation. */
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { expect, test } from 'vitest';
import { upstreamPath } from '../../../../proxy/protocols/paths.ts';
import { Sha256 } from '../../../../proxy/providers/bedrock/sha256.ts';
import { type SignableRequest, signBedrock } from '../../../../proxy/providers/bedrock/sign.ts';

const NOW = new Date('2026-11-20T14:05:09.123Z');
const ID = 'AKIAIOSFODNN7EXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const REQUEST: SignableRequest = {
  method: 'POST',
  host: 'bedrock-runtime.eu-central-1.amazonaws.com',
  path: upstreamPath('bedrock-converse', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', true),
  headers: { 'content-type': 'application/json', accept: 'application/vnd.amazon.eventstream', 'user-agent': 'x' },
  body: Buffer.from('{"messages":[]}'),
};

const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
const sha = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');

/** By the documentation's steps; the path's percent signs are encoded a second time. */
function expectedSignature(request: SignableRequest, signed: Readonly<Record<string, string>>, region: string): string {
  const names = Object.keys(signed)
    .filter(
      (name) => name !== 'authorization' && (name.startsWith('x-amz-') || ['host', 'content-type'].includes(name)),
    )
    .sort();
  const canonical = [
    request.method,
    request.path.replaceAll('%', '%25'),
    '',
    ...names.map((name) => `${name}:${signed[name]}`),
    '',
    names.join(';'),
    sha(request.body ?? ''),
  ].join('\n');
  const scope = `20261120/${region}/bedrock/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', '20261120T140509Z', scope, sha(canonical)].join('\n');
  const key = ['20261120', region, 'bedrock', 'aws4_request'].reduce<Buffer>(
    (so_far, piece) => hmac(so_far, piece),
    Buffer.from(`AWS4${SECRET}`),
  );
  const signature = hmac(key, toSign).toString('hex');
  return `AWS4-HMAC-SHA256 Credential=${ID}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
}

test("AWS's own example (IAM ListUsers, 2015-08-30) comes out as published", async () => {
  const signer = new SignatureV4({
    service: 'iam',
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
    sha256: Sha256,
    applyChecksum: false,
  });
  const signed = await signer.sign(
    {
      method: 'GET',
      protocol: 'https:',
      hostname: 'iam.amazonaws.com',
      path: '/',
      query: { Action: 'ListUsers', Version: '2010-05-08' },
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        host: 'iam.amazonaws.com',
      },
    },
    { signingDate: new Date('2015-08-30T12:36:00Z') },
  );
  expect(signed.headers.authorization).toContain(
    'Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  );
});

test('the path travels encoded once and is signed encoded twice', async () => {
  expect(REQUEST.path).toContain('/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse-stream');
  const signed = await signBedrock(REQUEST, `${ID}:${SECRET}`, undefined, NOW);
  expect(signed.authorization).toBe(expectedSignature(REQUEST, signed, 'eu-central-1'));
  expect(signed).toMatchObject({ ...REQUEST.headers, host: REQUEST.host, 'x-amz-date': '20261120T140509Z' });
  expect(signed.authorization).toContain('SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date,');
});

test('an ARN with slashes and colons in it is one segment of the path', async () => {
  const arn = 'arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc123';
  const request = { ...REQUEST, path: upstreamPath('bedrock-converse', arn, false) };
  const signed = await signBedrock(request, `${ID}:${SECRET}`, undefined, NOW);
  expect(signed.authorization).toBe(expectedSignature(request, signed, 'eu-central-1'));
});

test('a session token is sent and signed', async () => {
  const secret = JSON.stringify({ accessKeyId: ID, secretAccessKey: SECRET, sessionToken: 'session-token==' });
  const signed = await signBedrock(REQUEST, secret, 'us-west-2', NOW);
  expect(signed['x-amz-security-token']).toBe('session-token==');
  expect(signed.authorization).toBe(expectedSignature(REQUEST, signed, 'us-west-2'));
});

test('another body, another minute or another host is another signature', async () => {
  const base = await signBedrock(REQUEST, `${ID}:${SECRET}`, 'us-west-2', NOW);
  const others = await Promise.all([
    signBedrock({ ...REQUEST, body: Buffer.from('{"messages":[1]}') }, `${ID}:${SECRET}`, 'us-west-2', NOW),
    signBedrock(REQUEST, `${ID}:${SECRET}`, 'us-west-2', new Date(NOW.getTime() + 60_000)),
    signBedrock({ ...REQUEST, host: 'elsewhere.example:8443' }, `${ID}:${SECRET}`, 'us-west-2', NOW),
  ]);
  for (const other of others) expect(other.authorization).not.toBe(base.authorization);
});

test('an API key is a bearer token, needs no region and signs nothing', async () => {
  const signed = await signBedrock({ ...REQUEST, host: 'localhost:1234' }, 'ABSKexample', undefined, NOW);
  expect(signed).toEqual({ ...REQUEST.headers, host: 'localhost:1234', authorization: 'Bearer ABSKexample' });
});

test('a host that names no region needs one given', async () => {
  await expect(signBedrock({ ...REQUEST, host: 'localhost:1234' }, `${ID}:${SECRET}`, undefined, NOW)).rejects.toThrow(
    'No AWS region is known for localhost:1234',
  );
});
