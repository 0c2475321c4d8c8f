import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Watching } from '../ops/stage.ts';
import { scaleRoutes, scaleRules } from './scale.ts';

/** A rule that waits for five minutes waits for ten seconds. */
export const factor = 30;

/** 15 s by the factor is 0.5 s, but the manager gives a shard that hangs 1.5 s to answer a scrape. */
export const everySec = 2;

/** The rules and routes that ship, in quick motion; who would be told outside is at `url`. */
export function quickMotion(url: string): Watching {
  return {
    everySec,
    // Of 1 min: so long a notification that was lost would be missed.
    args: [`--rules.alert.resend-delay=${60 / factor}s`],
    adapt: async (folder) => {
      await hastenRules(path.join(folder, 'prometheus/rules'));
      await hastenRoutes(folder, url);
    },
  };
}

async function hastenRules(folder: string): Promise<void> {
  const pace = { factor, shortestMs: 3 * everySec * 1_000 };
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    await writeFile(file, scaleRules(await readFile(file, 'utf8'), pace));
  }
}

async function hastenRoutes(folder: string, url: string): Promise<void> {
  const secrets = path.join(folder, 'secrets');
  await mkdir(secrets);
  for (const [name, secret] of Object.entries({
    'chat-url': `${url}/chat`,
    'pager-key': 'fake-pager',
    'dead-man-key': 'fake-dead-man',
  }))
    await writeFile(path.join(secrets, name), secret);
  const file = path.join(folder, 'alertmanager/alertmanager.yml');
  const routes = scaleRoutes(await readFile(file, 'utf8'), factor)
    .replaceAll('/etc/alertmanager/secrets', secrets)
    .replace('https://dead-man.example.org', url)
    .replace('- routing_key_file', `- url: ${url}/pager\n        routing_key_file`);
  await writeFile(file, routes);
}
