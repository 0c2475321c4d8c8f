import { stablePort } from './stable-port.ts';
import { eventually } from './eventually.ts';
import type { RedisNode, RedisNodes } from './redis-node.ts';

const slots = 16_384;

const clusterLines = [
  'cluster-enabled yes',
  'cluster-node-timeout 1000',
  'cluster-require-full-coverage no',
  // One that nobody has met does not know its address.
  'cluster-announce-ip 127.0.0.1',
];

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
  { size = 3, port }: { readonly size?: number; readonly port?: number } = {},
): Promise<ClusterNode[]> {
  const started: ClusterNode[] = [];
  for (let index = 0; index < size; index++) {
    const node = await addNode(nodes, lines, index === 0 ? port : undefined);
    const [from, to] = [Math.ceil((slots * index) / size), Math.ceil((slots * (index + 1)) / size)];
    await node.ask('cluster', 'addslotsrange', from, to - 1);
    await node.ask('cluster', 'set-config-epoch', index + 1);
    if (started[0]) await meet(started[0], node);
    started.push(Object.assign(node, { has: (slot: number) => slot >= from && slot < to }));
  }
  for (const node of started) await eventually('the nodes know each other', () => agrees(node, size));
  return started;
}

/** A node that copies `primary`, and takes its place when it is gone. */
export async function addReplica(nodes: RedisNodes, primary: RedisNode): Promise<RedisNode> {
  const replica = await addNode(nodes, []);
  await meet(primary, replica);
  const id = String(await primary.ask('cluster', 'myid'));
  await eventually(
    'it knows its primary',
    async () => (await replica.ask('cluster', 'replicate', id)) === 'OK',
  );
  await eventually('it has a copy', async () =>
    /master_link_status:up/.test(String(await replica.ask('info'))),
  );
  return replica;
}

async function addNode(nodes: RedisNodes, lines: readonly string[], port?: number): Promise<RedisNode> {
  const options = port === undefined ? {} : { port };
  return nodes.add([...clusterLines, ...lines, `cluster-port ${await stablePort()}`], options);
}

async function meet(one: RedisNode, other: RedisNode): Promise<void> {
  const [, busPort] = (await other.ask('config', 'get', 'cluster-port')) as [string, string];
  await one.ask('cluster', 'meet', '127.0.0.1', other.port, busPort);
}

async function agrees(node: RedisNode, size: number): Promise<boolean> {
  const info = String(await node.ask('cluster', 'info'));
  return [`cluster_state:ok`, `cluster_slots_ok:${slots}`, `cluster_size:${size}`].every((line) =>
    info.includes(line),
  );
}
