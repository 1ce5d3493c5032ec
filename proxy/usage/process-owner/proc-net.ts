/** The client's socket in `/proc/net/tcp` and `/proc/net/tcp6`. Pure. */
import type { PortPair } from './types.ts';

export interface SocketRow {
  readonly inode: string;
  readonly uid: number;
}

const ESTABLISHED = '01';
/** As the kernel writes them, in little-endian words: 127.0.0.0/8 or ::ffff:127.0.0.0/8, and ::1. */
const LOOPBACK = { 4: /^(0{16}FFFF0000)?[0-9A-F]{6}7F$/, 6: /^0{24}01000000$/ };

/** Undefined when there is none, or when two connections of this machine answer to the same two ports. */
export function clientSocket(table: string, ports: PortPair): SocketRow | undefined {
  const rows = table
    .split('\n')
    .slice(1)
    .flatMap((line) => matching(line, ports));
  return rows.length === 1 ? rows[0] : undefined;
}

function matching(line: string, { family, client, gateway }: PortPair): SocketRow[] {
  const [, local = '', remote = '', state, , , , uid, , inode] = line.trim().split(/\s+/);
  const matches =
    state === ESTABLISHED && portOnLoopback(local, family) === client && portOnLoopback(remote, family) === gateway;
  // A socket that lost its process has inode 0.
  return matches && inode !== undefined && inode !== '0' ? [{ inode, uid: Number(uid) }] : [];
}

function portOnLoopback(end: string, family: 4 | 6): number | undefined {
  const [address = '', port = ''] = end.split(':');
  return LOOPBACK[family].test(address) ? Number.parseInt(port, 16) : undefined;
}
