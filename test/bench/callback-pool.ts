import { connect, type Socket } from 'node:net';

/** Answers without a body are all that a callback gets when it is right; anything else is a failure here. */
const rightAnswer = 'HTTP/1.1 204';
const endOfHead = '\r\n\r\n';

/**
 * Keep-alive HTTP connections that post callbacks, one at a time each. `node:http` would cost the client more than the
 * sandbox takes to answer, and the client is not what is measured.
 */
export class CallbackPool {
  readonly #idle: Socket[] = [];
  readonly #waiting: string[] = [];
  readonly #path: string;
  readonly #host: string;
  failures = 0;

  constructor(restUrl: string, connections: number) {
    const { hostname, port, host, pathname } = new URL(restUrl);
    this.#path = pathname;
    this.#host = host;
    for (let left = connections; left > 0; left -= 1) {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      socket.setEncoding('latin1');
      socket.on('data', (answer: string) => this.#answered(socket, answer));
      socket.on('error', () => undefined);
      this.#idle.push(socket);
    }
  }

  post(id: string, token: string, body: string): void {
    const request = [
      `POST ${this.#path}/v10/interactions/${id}/${token}/callback HTTP/1.1`,
      `host: ${this.#host}`,
      'user-agent: DiscordBot (https://example.invalid, 1)',
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n');
    const socket = this.#idle.pop();
    if (socket) socket.write(request);
    else this.#waiting.push(request);
  }

  #answered(socket: Socket, answer: string): void {
    if (!answer.startsWith(rightAnswer) || !answer.endsWith(endOfHead)) this.failures += 1;
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(socket);
    else socket.write(next);
  }
}
