import { readFileSync } from 'node:fs';

/** Who listens on one of these ports of TCP, as `address:port` in order, by the kernel's tables (proc(5)); all of IPv6 is `::`. */
export function listeners(ports: readonly number[]): string[] {
  return ['tcp', 'tcp6']
    .flatMap((table) => readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => state === '0A')
    .map(([, local = '']) => local.split(':'))
    .map(([address = '', port = '']) => [addressOf(address), Number.parseInt(port, 16)] as const)
    .filter(([, port]) => ports.includes(port))
    .map((listener) => listener.join(':'))
    .toSorted();
}

/** IPv4 in the byte order of the host. */
function addressOf(hex: string): string {
  return hex.length > 8
    ? '::'
    : (hex.match(/../g) ?? [])
        .map((byte) => Number.parseInt(byte, 16))
        .toReversed()
        .join('.');
}
