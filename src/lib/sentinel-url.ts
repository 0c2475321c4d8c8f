import { parseHostPorts, type HostPort } from './host-port.ts';
import { percentDecoded } from './percent-decoded.ts';

/** Sentinels, and the primary that they are asked for. */
export interface SentinelUrl {
  readonly tls: boolean;
  /** Of the Redis servers. */
  readonly username: string;
  readonly password: string;
  readonly sentinels: readonly HostPort[];
  readonly name: string;
}

const shape = /^(rediss?)\+sentinel:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^@/?#]+)\/([\w.-]+)$/;

/** `redis+sentinel://user:password@host:port,host:port/name` (`rediss+sentinel` over TLS); `undefined` for anything else. */
export function parseSentinelUrl(url: string): SentinelUrl | undefined {
  const [, scheme, user = '', secret = '', hosts = '', name = ''] = shape.exec(url) ?? [];
  const [username, password] = [percentDecoded(user), percentDecoded(secret)];
  const sentinels = parseHostPorts(hosts);
  if (scheme === undefined || username === undefined || password === undefined || !sentinels)
    return undefined;
  return { tls: scheme === 'rediss', username, password, sentinels, name };
}
