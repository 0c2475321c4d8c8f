import { EventEmitter } from 'node:events';
import type { WebSocketShard } from '@discordjs/ws';

/**
 * Before the library abandons a connection: it removes its own listener also from one that is still in its handshake, whose failure,
 * seconds later, would be an error event that nobody hears, and so the end of the whole process.
 */
export function hearLateErrors(shard: WebSocketShard): void {
  const connection: unknown = Reflect.get(shard, 'connection');
  if (connection instanceof EventEmitter) connection.on('error', () => {});
}
