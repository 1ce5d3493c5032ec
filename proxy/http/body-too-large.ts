/** The refusal of a body that is longer than its route takes: it says the route's own limit, not the server's. */
import { GatehouseError } from '../core/errors.ts';

/** `advice`: what to do about it, e.g. `send less`. */
export function bodyTooLarge(bytesMax: number, advice: string): GatehouseError {
  return new GatehouseError('body_too_large', `the body is larger than ${sizeText(bytesMax)}; ${advice}`);
}

/** For people: `64 MiB`, `64 KiB`, `700 bytes`. */
export function sizeText(bytes: number): string {
  const [size, unit] = bytes >= MIB ? [bytes / MIB, 'MiB'] : bytes >= KIB ? [bytes / KIB, 'KiB'] : [bytes, 'bytes'];
  return `${Math.round(size * 10) / 10} ${unit}`;
}

const KIB = 1024;
const MIB = 1024 * KIB;
