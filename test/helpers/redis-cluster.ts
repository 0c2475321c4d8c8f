import { freePort } from '../../src/local/free-port.ts';
import { eventually } from './eventually.ts';
import type { RedisNode, RedisNodes } from './redis-node.ts';

const slots = 16_384;

const clusterLines = ['cluster-enabled yes', 'cluster-node-timeout 1000', 'cluster-require-full-coverage no'];

export interface ClusterNode extends RedisNode {
  /** Whether the slot is its own. */
  has(slot: number): boolean;
}

/**
 * Primaries that share the slots evenly. One that is away takes only its own slots with it, as docs/redis.md asks for; the others
 * notice within 1.5 s or so.
 */
export async function startCluster(
  nodes: RedisNodes,
  lines: readonly string[] = [],
  size = 3,
): Promise<ClusterNode[]> {
  const started: ClusterNode[] = [];
  const busPorts: number[] = [];
  for (let index = 0; index < size; index++) {
    const busPort = await freePort();
    busPorts.push(busPort);
    const node = await nodes.add([...clusterLines, ...lines, `cluster-port ${busPort}`]);
    const [from, to] = [Math.ceil((slots * index) / size), Math.ceil((slots * (index + 1)) / size)];
    await node.ask('cluster', 'addslotsrange', from, to - 1);
    await node.ask('cluster', 'set-config-epoch', index + 1);
    started.push(Object.assign(node, { has: (slot: number) => slot >= from && slot < to }));
  }
  const [first, ...rest] = started;
  for (const [index, { port }] of rest.entries())
    await first?.ask('cluster', 'meet', '127.0.0.1', port, busPorts[index + 1] ?? 0);
  for (const node of started) await eventually('the nodes know each other', () => agrees(node, size));
  return started;
}

async function agrees(node: RedisNode, size: number): Promise<boolean> {
  const info = String(await node.ask('cluster', 'info'));
  return (
    /cluster_state:ok/.test(info) &&
    info.includes(`cluster_slots_ok:${slots}`) &&
    info.includes(`cluster_size:${size}`)
  );
}
