export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** `a:6379,[::1]:6380` → each with its host and port; `undefined` where one has not both. */
export function parseHostPorts(text: string): HostPort[] | undefined {
  const nodes = text.split(',').map((part) => parseHostPort(part.trim()));
  return nodes.every((node) => node !== undefined) ? nodes : undefined;
}

export function hostPortText(nodes: readonly HostPort[]): string {
  return nodes
    .map(({ host, port }) => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`))
    .join(',');
}

function parseHostPort(text: string): HostPort | undefined {
  const match = /^(?:\[([\da-f:.]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(text);
  const [host, port] = [match?.[1] ?? match?.[2], Number(match?.[3])];
  return host !== undefined && port > 0 && port < 65_536 ? { host, port } : undefined;
}
