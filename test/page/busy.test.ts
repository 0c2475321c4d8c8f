import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../helpers/eventually.ts';
import { memberOf } from '../sandbox/arena.ts';
import { browserMissing, startBrowser, visit } from './browser.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { sandboxClient } from '../../src/sandbox/client.ts';
import type { Browser } from 'playwright-core';

/** Behind the newest 50, the page keeps 100 messages for whoever reads at the end. */
const shownAtEnd = 150;

function below(each: Readonly<Record<'scrollHeight' | 'scrollTop' | 'clientHeight', number>>): number {
  return each.scrollHeight - each.scrollTop - each.clientHeight;
}

test('a busy channel', { skip: browserMissing }, async (t) => {
  let sandbox: Sandbox;
  let browser: Browser;
  let say: (text: string, count: number) => Promise<void>;
  before(async () => {
    sandbox = await startSandbox();
    browser = await startBrowser();
    const client = sandboxClient(sandbox.controlUrl);
    const [guild] = await client.guilds({ limit: 1 });
    assert.ok(guild);
    const place = { channelId: guild.channels[0]?.id ?? '', userId: memberOf(guild, 'owner') };
    say = async (text, count) => {
      for (let nth = 1; nth <= count; nth += 1) await client.chat({ ...place, content: `${text} ${nth}` });
    };
  });
  after(async () => {
    await browser.close();
    await sandbox.stop();
  });

  await t.test('the end is followed without all that went by; who scrolled up stays there', async () => {
    await say('Old', 120);
    await using guest = await visit(browser, sandbox.pageUrl);
    const { page } = guest;
    const log = page.getByRole('log');
    await page.getByText('live', { exact: true }).waitFor();
    await say('Raid', 180);
    await log.getByText('Raid 180', { exact: true }).waitFor();
    const shown = await log.getByRole('article').count();
    assert.ok(shown <= shownAtEnd, `${shown} are shown`);
    await log.evaluate((each: { scrollTop: number }) => void (each.scrollTop = 0));
    const jump = page.getByRole('button', { name: 'To the newest' });
    await jump.waitFor();
    const first = log.getByRole('article').first();
    const place = async () => Math.round((await first.boundingBox())?.y ?? Number.NaN);
    const label = await first.textContent();
    const before = await place();
    await say('Later', 60);
    await page.getByRole('button', { name: '60 new messages' }).waitFor();
    assert.deepEqual([await first.textContent(), await place()], [label, before]);
    const second = (await log.getByRole('article').nth(1).textContent()) ?? '';
    const kept = log.getByText(/(?:Raid|Old) \d+/.exec(second)?.[0] ?? '', { exact: true });
    const keptPlace = async () => Math.round((await kept.boundingBox())?.y ?? Number.NaN);
    const top = await keptPlace();
    await page.getByRole('button', { name: 'Show older messages' }).click();
    await eventually('more are shown', async () => (await log.getByRole('article').count()) > shown + 60);
    await eventually('what was read is where it was', async () => Math.abs((await keptPlace()) - top) <= 2);
    await page.getByRole('button', { name: '60 new messages' }).click();
    await page.getByRole('button', { name: '60 new messages' }).waitFor({ state: 'detached' });
    await log.getByText('Later 60', { exact: true }).waitFor();
    await eventually('the end is shown', async () => (await log.evaluate(below)) < 2);
    assert.deepEqual(guest.complaints, []);
  });

  await t.test('what the feed did not tell is read when it is back, without a hole', async () => {
    await using guest = await visit(browser, sandbox.pageUrl);
    const { page } = guest;
    await page.getByText('live', { exact: true }).waitFor();
    const reach = await page.context().newPage();
    await reach.route('**/sandbox/feed', (route) => route.abort());
    await reach.goto(page.url());
    await reach.getByRole('log').getByText('Later 60', { exact: true }).waitFor();
    await say('Missed', 70);
    await page.getByRole('log').getByText('Missed 70', { exact: true }).waitFor();
    assert.equal(await reach.getByText('Missed 70', { exact: true }).count(), 0);
    await reach.unroute('**/sandbox/feed');
    await reach.getByRole('log').getByText('Missed 70', { exact: true }).waitFor({ timeout: 20_000 });
    assert.equal(
      await reach.getByText('Later 60', { exact: true }).count(),
      0,
      'a hole would be before Missed 21',
    );
    await reach.getByRole('button', { name: 'Show older messages' }).click();
    await reach.getByText('Later 60', { exact: true }).waitFor();
    await reach.getByText('Missed 1', { exact: true }).waitFor();
  });
});
