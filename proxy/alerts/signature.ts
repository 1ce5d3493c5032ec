/** How a receiver knows that a webhook is ours and fresh: HMAC-SHA256 over the instant and the body. */
import { createHmac } from 'node:crypto';

/** The value of `x-gatehouse-signature`: `t=<unix seconds>,v1=<hex>` over `<t>.<body>`. */
export function signature(secret: string, unixSeconds: number, body: Buffer): string {
  const mac = createHmac('sha256', secret).update(`${unixSeconds}.`).update(body);
  return `t=${unixSeconds},v1=${mac.digest('hex')}`;
}
