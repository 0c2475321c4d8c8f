import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { runReport } from '../src/report/report.ts';
import type { SandboxClient } from '../src/sandbox/client.ts';
import { root } from './helpers/processes.ts';
import { watchedBot } from './ops/stage.ts';

/** Long enough for lines; `npm run report` shows the same of an hour. */
const seconds = 180;

/** The pictures of `npm run report`: the page about a bot that members have used for three minutes. */
export async function shootReport(browser: Browser): Promise<void> {
  const file = path.join(tmpdir(), `shoal-report-${process.pid}.html`);
  await using bot = await watchedBot();
  try {
    await live(bot.world.sandbox);
    await runReport(['--prometheus', bot.url, '--out', file, '--hours', String(seconds / 3_600)], () => {});
    for (const colorScheme of ['dark', 'light'] as const) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 850 }, colorScheme });
      const page = await context.newPage();
      await page.goto(pathToFileURL(file).href);
      await page.screenshot({ path: path.join(root, `docs/report-${colorScheme}.png`) });
      await context.close();
      process.stdout.write(`docs/report-${colorScheme}.png\n`);
    }
  } finally {
    await rm(file, { force: true });
  }
}

/** Steady use in every guild, and look-ups one after another beside it. */
async function live(sandbox: SandboxClient): Promise<void> {
  const [guild] = await sandbox.guilds({ limit: 1 });
  if (guild === undefined) throw new Error('the sandbox has no guild');
  const cities = ['Berlin', 'Seoul', 'Madrid', 'Paris', 'Oslo'];
  const load = sandbox.load({ rate: 4, seconds, command: 'ping', guilds: 8 });
  const until = Date.now() + seconds * 1_000;
  for (let turn = 0; Date.now() < until; turn++) {
    const userId = guild.members[turn % guild.members.length]?.id ?? '';
    const city = cities[turn % cities.length] ?? '';
    await sandbox.runCommand({ guildId: guild.id, userId, command: 'weather', options: { city } });
    await sandbox.load({ rate: 1, seconds: 3, command: 'help' });
  }
  await load;
}
