import type { APIGatewayBotInfo } from 'discord-api-types/v10';
import type { Handler } from 'hono';
import type { Gateway } from '../gateway/gateway.ts';

export function getGateway(gateway: Gateway): Handler {
  return (c) => c.json({ url: gateway.url });
}

/** `shards` is the number Discord recommends; the limit counts down with every IDENTIFY. */
export function getGatewayBot(gateway: Gateway, shards: number): Handler {
  return (c) => {
    const info: APIGatewayBotInfo = {
      url: gateway.url,
      shards,
      session_start_limit: gateway.sessionStartLimit(),
    };
    return c.json(info);
  };
}
