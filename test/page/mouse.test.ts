import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { GatewayDispatchEvents } from 'discord-api-types/v10';
import type { Page } from 'playwright-core';
import { eventually } from '../helpers/eventually.ts';
import { memberOf } from '../sandbox/arena.ts';
import { become } from './acts.ts';
import { browserMissing, visit, type Visit } from './browser.ts';
import { startStage, type Stage } from './stage.ts';

async function use(page: Page, command: string): Promise<void> {
  await page.locator('#composer').fill(`/${command}`);
  await page.getByRole('option', { name: new RegExp(`^/${command}`) }).click();
  await page.getByRole('form').getByRole('button', { name: 'Send' }).click();
}

test('by mouse', { skip: browserMissing }, async (t) => {
  let stage: Stage;
  let guest: Visit;
  let page: Page;
  before(async () => {
    stage = await startStage();
    guest = await visit(stage.browser, stage.sandbox.pageUrl);
    ({ page } = guest);
  });
  after(async () => {
    await guest[Symbol.asyncDispose]();
    await stage[Symbol.asyncDispose]();
  });
  const used = () => stage.bot.of(GatewayDispatchEvents.InteractionCreate).length;
  const log = () => page.getByRole('log', { name: /^Messages/ });
  const panel = () => page.getByRole('complementary');

  await t.test('an embed, its image that is elsewhere not loaded, and which shard served', async () => {
    await use(page, 'ping');
    const embed = log().getByRole('article', { name: 'Pong!' });
    await embed.waitFor();
    await embed.getByText('41 ms').waitFor();
    await embed.getByRole('img', { name: /on example\.com; not loaded/ }).waitFor();
    await page.getByText(/^Served by shard [01] in \d+ ms$/).waitFor();
    await panel().getByText('served you').waitFor();
    await panel()
      .getByText(/ping: answered in/)
      .first()
      .waitFor();
  });

  await t.test('buttons and select menus', async () => {
    await use(page, 'menu');
    assert.ok(await log().getByRole('button', { name: 'No' }).isDisabled());
    assert.equal(await log().getByRole('link', { name: /Docs/ }).getAttribute('rel'), 'noopener noreferrer');
    await log().getByRole('button', { name: 'Pick somebody' }).click();
    await page.getByRole('searchbox', { name: 'Find', exact: true }).fill('sandbox');
    await page.getByRole('option', { name: /sandbox-bot/ }).click();
    await log().getByText(`You chose ${stage.sandbox.applicationId}`).waitFor();
    await log().getByRole('button', { name: 'Go' }).click();
    await log().getByText('You chose go').waitFor();
  });

  await t.test('Components V2', async () => {
    await use(page, 'pretty');
    await log().getByRole('heading', { name: 'Tonight' }).waitFor();
    await log().getByRole('button', { name: 'Join' }).click();
    await log().getByText('You joined').waitFor();
  });

  await t.test('an ephemeral answer is seen by its member alone, until it is dismissed', async () => {
    await use(page, 'secret');
    await log().getByText('A secret').waitFor();
    assert.equal(await log().getByText('Only you can see this').count(), 2);
    await become(page, stage, 'moderator');
    await log().getByText('You chose go').waitFor();
    assert.equal(await log().getByText('A secret').count(), 0);
    await page.locator('#composer').fill('/staff');
    await page.getByRole('option', { name: /^\/staff/ }).waitFor();
    await page.locator('#composer').fill('');
    await become(page, stage, 'member');
    await log().getByRole('button', { name: 'Dismiss message' }).last().click();
    await log().getByText('A secret').waitFor({ state: 'detached' });
  });

  await t.test('user and message commands, replies and reactions by a right click', async () => {
    await stage.client.chat({
      channelId: stage.guild.channels[0]?.id ?? '',
      userId: memberOf(stage.guild, 'owner'),
      content: 'Right here',
    });
    const message = log().getByText('Right here', { exact: true });
    await message.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Apps: Quote' }).click();
    await log()
      .getByText(/^Quote .*"target_id"/)
      .waitFor();
    await message.click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^On .*: Greet$/ }).click();
    await log()
      .getByText(new RegExp(`^Greet .*"target_id":"${memberOf(stage.guild, 'owner')}"`))
      .waitFor();
    await message.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'React with 🎉' }).click();
    await log().getByRole('button', { name: '🎉, 1', pressed: true }).click();
    await log().getByRole('button', { name: '🎉, 1' }).waitFor({ state: 'detached' });
    await message.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Reply' }).click();
    await page.getByText('Replying to').waitFor();
    await page.locator('#composer').fill('An answer');
    await page.getByRole('button', { name: 'Send' }).click();
    await log().getByText('An answer').waitFor();
    await page.getByText('Replying to').waitFor({ state: 'detached' });
  });

  await t.test('a deferred answer thinks; no answer at all has failed', async () => {
    await use(page, 'slow');
    await log().getByText('sandbox-bot is thinking…').waitFor();
    await use(page, 'lost');
    await log().getByText('This interaction failed').waitFor();
    await log().getByRole('button', { name: 'Dismiss', exact: true }).click();
    await log().getByText('This interaction failed').waitFor({ state: 'detached' });
  });

  await t.test('another server, another channel; the address remembers', async () => {
    const servers = page.getByRole('region', { name: 'Servers' });
    const name = (await servers.locator('button:not([aria-current])').first().textContent()) ?? '';
    const another = servers.getByRole('button').filter({ hasText: name });
    await another.click();
    await another.and(page.locator('[aria-current=true]')).waitFor();
    await page.getByRole('log', { name: 'Messages in #general' }).waitFor();
    await page.getByRole('navigation').getByRole('button', { name: 'off-topic' }).click();
    await page.getByRole('log', { name: 'Messages in #off-topic' }).waitFor();
    await page.locator('#composer').fill('Over here');
    await page.getByRole('button', { name: 'Send' }).click();
    await log().getByText('Over here').waitFor();
    await page.reload();
    await page.getByRole('log', { name: 'Messages in #off-topic' }).getByText('Over here').waitFor();
  });

  await t.test('members act on demand, and the log can be filtered and paused', async () => {
    await panel().getByRole('tab', { name: 'People' }).click();
    await panel().getByRole('button', { name: 'Let a member chat' }).click();
    await eventually('somebody spoke', async () => (await log().getByRole('article').count()) > 1);
    const usedBefore = used();
    await panel().getByRole('button', { name: 'Let a member use a command' }).click();
    await eventually('somebody used one', () => used() > usedBefore);
    await panel().getByRole('tab', { name: 'Events' }).click();
    const events = panel().getByRole('list', { name: 'Events, the newest first' });
    await panel().getByRole('searchbox', { name: 'Filter events' }).fill('MESSAGE_CREATE');
    await eventually('only those', async () => (await events.getByText('POST').count()) === 0);
    await panel().getByRole('button', { name: 'Pause' }).click();
    const before = await events.getByRole('listitem').count();
    await page.locator('#composer').fill('Unheard');
    await page.getByRole('button', { name: 'Send' }).click();
    await log().getByText('Unheard').waitFor();
    assert.equal(await events.getByRole('listitem').count(), before);
    await panel().getByRole('button', { name: 'Go on' }).click();
    await eventually('the missed one', async () => (await events.getByRole('listitem').count()) > before);
  });

  await t.test('a fault is switched and seen: connections drop, shards resume', async () => {
    await panel().getByRole('tab', { name: 'Faults' }).click();
    await panel().getByRole('button', { name: 'Drop connections' }).click();
    await page.getByText('Drop connections: 2 connections').waitFor();
    await panel().getByText('2 resumes · 0 violations').waitFor();
    await panel().getByText('2 of 2 connected').waitFor();
    const slow = panel().getByRole('switch', { name: /^Slow REST/ });
    await slow.click();
    await panel().getByRole('button', { name: 'Switch all off (1 on)' }).click();
    await eventually('it is off again', async () => !(await slow.isChecked()));
  });

  await t.test('nothing was complained of, and nothing left loopback', () => {
    assert.deepEqual(guest.complaints, []);
    assert.deepEqual(
      guest.requested.filter((url) => !url.startsWith(stage.sandbox.pageUrl)),
      [],
    );
  });
});
