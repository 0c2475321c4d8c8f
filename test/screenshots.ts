import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { sandboxClient } from '../src/sandbox/client.ts';
import { startBrowser, visit } from './page/browser.ts';
import { root } from './helpers/processes.ts';
import { shootReport } from './report-pictures.ts';

/** `npm run screenshots`: the pictures of the README, from the real pages with real bots behind them. */

const shots = [
  {
    file: 'playground-dark.png',
    width: 1280,
    height: 800,
    colorScheme: 'dark',
    who: 'moderator',
    typed: '/',
  },
  { file: 'playground-light.png', width: 1280, height: 800, colorScheme: 'light', who: 'owner', typed: '' },
  { file: 'playground-narrow.png', width: 390, height: 844, colorScheme: 'dark', who: 'member', typed: '' },
] as const;

type Places = Readonly<Record<(typeof shots)[number]['who'], string>>;

const demo = spawn(process.execPath, [path.join(root, 'src/bin/demo.ts'), '--shards', '4'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const pageUrl = await playground();
  await using browser = await startBrowser();
  const places = await furnish(pageUrl);
  for (const shot of shots) await shoot(browser, places[shot.who], shot);
} finally {
  if (demo.exitCode === null) {
    demo.kill('SIGINT');
    await once(demo, 'exit');
  }
}
{
  await using browser = await startBrowser();
  await shootReport(browser);
}

async function playground(): Promise<string> {
  for await (const line of createInterface({ input: demo.stdout })) {
    const address = /^Playground: (\S+)$/.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error('the demo ended before it named its playground');
}

/** A short conversation, so that the pictures show what there is to see; returns where each member reads it. */
async function furnish(pageUrl: string): Promise<Places> {
  const sandbox = sandboxClient(new URL('/sandbox', pageUrl).href);
  const [guild] = await sandbox.guilds({ limit: 1 });
  const [channel] = guild?.channels ?? [];
  const [owner, moderator, member] = guild?.members ?? [];
  if (!guild || !channel || !owner || !moderator || !member) throw new Error('the first guild is empty');
  const say = (userId: string, content: string, replyTo?: string) =>
    sandbox.chat({ channelId: channel.id, userId, content, ...(replyTo !== undefined && { replyTo }) });
  const use = (userId: string, command: string, options = {}) =>
    sandbox.runCommand({ guildId: guild.id, channelId: channel.id, userId, command, options });
  await use(member.id, 'about');
  const hello = await say(owner.id, `Welcome <@${member.id}>! The bot lives in **four** processes here.`);
  await say(member.id, 'Hi! Which one am I talking to?', hello.id);
  await use(member.id, 'ping');
  await use(moderator.id, 'settings set', { time_zone: 'Europe/Berlin', accent_colour: '#E76F51' });
  await sandbox.react({ channelId: channel.id, messageId: hello.id, userId: member.id, emoji: '❤️' });
  await sandbox.react({ channelId: channel.id, messageId: hello.id, userId: moderator.id, emoji: '❤️' });
  await say(moderator.id, 'Now we have a colour of our own ||coral||');
  const thread = await sandbox.people.createThread({
    guild_id: guild.id,
    channel_id: channel.id,
    message_id: hello.id,
    by: owner.id,
    name: 'Four processes',
  });
  await sandbox.chat({ channelId: thread.id, userId: owner.id, content: 'One shard each.' });
  const placeOf = ({ id }: { readonly id: string }) =>
    new URL(`/play/#${guild.id}/${channel.id}/${id}`, pageUrl).href;
  return { owner: placeOf(owner), moderator: placeOf(moderator), member: placeOf(member) };
}

async function shoot(browser: Browser, pageUrl: string, shot: (typeof shots)[number]): Promise<void> {
  const { width, height, colorScheme, typed, file } = shot;
  await using guest = await visit(browser, pageUrl, { viewport: { width, height }, colorScheme });
  await live(guest.page);
  if (typed !== '') {
    await guest.page.locator('#composer').fill(typed);
    await guest.page.getByRole('listbox', { name: 'Commands' }).waitFor();
  }
  await guest.page.screenshot({ path: path.join(root, 'docs', file), animations: 'disabled' });
  process.stdout.write(`docs/${file}\n`);
}

/** Once the feed is there, something happens that it tells of. */
async function live(page: Page): Promise<void> {
  await page.getByText('live', { exact: true }).waitFor({ state: 'attached' });
  await page.locator('#composer').fill('/ping');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page
    .getByText(/ping: answered in/)
    .first()
    .waitFor({ state: 'attached' });
  await page.getByRole('article', { name: 'Pong!' }).last().waitFor();
}
