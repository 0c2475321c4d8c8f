import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { eventually } from '../helpers/eventually.ts';
import { memberOf } from '../sandbox/arena.ts';
import { become, open, say } from './acts.ts';
import { browserMissing, visit, type Visit } from './browser.ts';
import { startStage, type Stage } from './stage.ts';

const pixel = Buffer.from('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=', 'base64');
const dot = { name: 'dot.gif', mimeType: 'image/gif', buffer: pixel };
const notes = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') };

async function isLoaded(image: Locator): Promise<boolean> {
  return (await image.evaluate((each: { naturalWidth: number }) => each.naturalWidth)) === 1;
}

/** Gives a file to the page as a paste or a drop would. */
async function hand(page: Page, selector: string, kind: 'paste' | 'drop'): Promise<void> {
  await page.evaluate(`(() => {
    const data = new DataTransfer();
    data.items.add(new File(['hello'], '${kind}.txt', { type: 'text/plain' }));
    const options = { bubbles: true, cancelable: true };
    document.querySelector('${selector}').dispatchEvent('${kind}' === 'paste'
      ? new ClipboardEvent('paste', { ...options, clipboardData: data })
      : new DragEvent('drop', { ...options, dataTransfer: data }));
  })()`);
}

test('a chat as people are used to', { skip: browserMissing }, async (t) => {
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
  const log = () => page.getByRole('log', { name: /^Messages/ });
  const places = () => page.getByRole('navigation');
  const channel = (nth: number) => stage.guild.channels[nth]?.id ?? '';
  const openMenu = async (text: string, item: string) => {
    await log().getByText(text, { exact: true }).first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: item, exact: true }).click();
  };

  await t.test(
    'a thread begins at a message, is written in, listed, renamed and left when it goes',
    async () => {
      await say(page, 'Worth a talk');
      await openMenu('Worth a talk', 'Begin a thread');
      const dialog = page.getByRole('dialog', { name: 'Begin a thread' });
      await dialog.getByLabel('Its name').fill('talk');
      await page.keyboard.press('Enter');
      await page.getByRole('log', { name: 'Messages in #talk' }).waitFor();
      await say(page, 'In here');
      await page.getByRole('button', { name: '#general', exact: true }).click();
      await log().getByText('Worth a talk').waitFor();
      assert.equal(await log().getByText('In here').count(), 0);
      await log().getByRole('button', { name: /talk/ }).click();
      await log().getByText('In here').waitFor();
      const [thread] = (await stage.client.channels(stage.guild.id, memberOf(stage.guild, 'member'))).filter(
        ({ name }) => name === 'talk',
      );
      await stage.bot.api.channels.edit(thread?.id ?? '', { name: 'long talk' });
      await page.getByRole('log', { name: 'Messages in #long talk' }).waitFor();
      const list = places().getByRole('list', { name: 'Threads of general' });
      await list.getByRole('button', { name: 'long talk' }).waitFor();
      await stage.bot.api.channels.createMessage(thread?.id ?? '', { content: 'The bot, too' });
      await log().getByText('The bot, too').waitFor();
      await stage.bot.api.channels.delete(thread?.id ?? '');
      await page.getByText(/that you were in was deleted/).waitFor();
      await log().getByText('Worth a talk').waitFor();
      await list.waitFor({ state: 'detached' });
    },
  );

  await t.test('a message is sent once; what is refused is in the box again, with its files', async () => {
    // A refusal stands in the console, of which the other page is to be free.
    await using other = await visit(stage.browser, stage.sandbox.pageUrl);
    const box = other.page.locator('#composer');
    await box.fill('Once');
    await Promise.all([box.press('Enter'), box.press('Enter')]);
    await log().getByText('Once', { exact: true }).waitFor();
    await other.page.locator('.chat-box input[type=file]').setInputFiles([notes]);
    const tooLong = 'x'.repeat(2_001);
    const held = Promise.withResolvers<void>();
    await other.page.route('**/sandbox/messages', async (route) => {
      await held.promise;
      await route.continue();
    });
    await box.fill(tooLong);
    await box.press('Enter');
    assert.equal(await box.inputValue(), '');
    await box.fill('and more');
    held.resolve();
    await eventually('the text is back', async () => (await box.inputValue()) === `${tooLong}\nand more`);
    await other.page.getByRole('button', { name: 'Remove notes.txt' }).waitFor();
    await say(page, 'Twice?');
    assert.equal(await log().getByText('Once', { exact: true }).count(), 1);
  });

  await t.test('files: picked, pasted, dropped, described and taken back', async () => {
    await page.locator('.chat-box input[type=file]').setInputFiles([dot, notes]);
    const drafts = page.getByRole('list', { name: 'Files to send' });
    await drafts.getByRole('textbox', { name: 'What dot.gif shows' }).fill('A dot');
    await drafts.getByRole('button', { name: 'Remove notes.txt' }).click();
    await hand(page, '#composer', 'paste');
    await hand(page, 'main', 'drop');
    await drafts.getByText('drop.txt').waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    const image = log().getByRole('img', { name: 'A dot' });
    await eventually('the image is there', () => isLoaded(image));
    for (const name of ['paste.txt', 'drop.txt']) await log().getByRole('link', { name }).waitFor();
    assert.equal(await log().getByText('notes.txt').count(), 0);
    await drafts.waitFor({ state: 'detached' });
  });

  await t.test('a file for a command, shown in a gallery; files for a modal', async () => {
    const use = async (command: string) => {
      await page.locator('#composer').fill(`/${command}`);
      await page.getByRole('option', { name: new RegExp(`^/${command}`) }).click();
    };
    await use('share');
    await page.getByLabel(/^file/).setInputFiles(dot);
    await page.keyboard.press('Enter');
    await page.getByRole('form').getByRole('button', { name: 'Send' }).click();
    const image = log().getByRole('img', { name: 'Shared: dot.gif' });
    await eventually('it is shown', () => isLoaded(image));
    await use('upload');
    await page.getByRole('form').getByRole('button', { name: 'Send' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your files' });
    await dialog.getByLabel(/^Files/).setInputFiles([dot, notes]);
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await log().getByText('Got dot.gif of 35, notes.txt of 5').waitFor();
  });

  await t.test('everybody of the server can be played', async () => {
    const { id } = await stage.client.people.joinGuild({ guild_id: stage.guild.id });
    const [late] = await stage.client.members(stage.guild.id, { query: id });
    assert.ok(late && !stage.guild.members.some((member) => member.id === id), 'not among the first 25');
    const you = page.getByRole('combobox', { name: 'You are' });
    await you.fill(late.username);
    await page.getByRole('listbox', { name: 'You are' }).getByText(late.username).click();
    await say(page, 'I am new here');
    const [newest] = await stage.client.messages(channel(0), id);
    assert.equal(newest?.author.id, id);
    await page.reload();
    await eventually('and stays so', async () => (await you.inputValue()) === late.displayName);
    await become(page, stage, 'member');
  });

  await t.test('@ and # offer whom and what to mention', async () => {
    const box = page.locator('#composer');
    const { username = '' } = stage.guild.members[1] ?? {};
    await box.pressSequentially(`Hi @${username.slice(0, 3)}`);
    await page.getByRole('option', { name: new RegExp(username), selected: true }).waitFor();
    await box.press('Tab');
    await box.pressSequentially('see #off');
    await page.getByRole('option', { name: '#off-topic', selected: true }).waitFor();
    await box.press('Enter');
    await box.press('Enter');
    await log().getByText('#off-topic').waitFor();
    const [newest] = await stage.client.messages(channel(0), memberOf(stage.guild, 'member'));
    const offTopic = stage.guild.channels.find(({ name }) => name === 'off-topic');
    assert.equal(newest?.content, `Hi <@${stage.guild.members[1]?.id}> see <#${offTopic?.id}>`);
  });

  await t.test('one’s last message is edited by the arrow up, and deletions are seen', async () => {
    await say(page, 'Helo');
    const box = page.locator('#composer');
    await box.press('ArrowUp');
    await page.getByText('Editing your message').waitFor();
    await box.fill('Hello');
    await box.press('Enter');
    await log().getByText('Hello', { exact: true }).waitFor();
    await log().getByText('(edited)').waitFor();
    await page.getByText('Editing your message').waitFor({ state: 'detached' });
    await say(page, 'Gone soon');
    await openMenu('Gone soon', 'Delete');
    await log().getByText('Gone soon').waitFor({ state: 'detached' });
    const { id } = await stage.bot.api.channels.createMessage(channel(0), { content: 'By the bot' });
    await log().getByText('By the bot').waitFor();
    await stage.bot.api.channels.deleteMessage(channel(0), id);
    await log().getByText('By the bot').waitFor({ state: 'detached' });
  });

  await t.test('what comes elsewhere is marked, until it is read', async () => {
    const offTopic = places().getByRole('button', { name: /off-topic/ });
    const elsewhere = { channelId: '', userId: memberOf(stage.guild, 'owner') };
    elsewhere.channelId = stage.guild.channels.find(({ name }) => name === 'off-topic')?.id ?? '';
    await stage.client.chat({ ...elsewhere, content: 'Anybody?' });
    await offTopic.getByText('unread').waitFor();
    await stage.client.chat({ ...elsewhere, content: `<@${memberOf(stage.guild, 'member')}>?` });
    await offTopic.getByText('1 mention, unread').waitFor();
    await open(page, 'off-topic');
    await log().getByRole('separator', { name: 'New messages' }).waitFor();
    await offTopic.getByText('unread').waitFor({ state: 'detached' });
    await open(page, 'general');
  });

  await t.test('who may not write is told so, and is offered no commands', async () => {
    const silent = await stage.client.people.createChannel({
      guild_id: stage.guild.id,
      name: 'silent',
      overwrites: [{ id: stage.guild.id, type: 0, allow: '0', deny: String((1n << 11n) | (1n << 31n)) }],
    });
    assert.deepEqual(await stage.client.commands(stage.guild.id, undefined, silent.id), []);
    await open(page, 'silent');
    await page.getByText('You do not have permission to send messages in #silent.').waitFor();
    await open(page, 'general');
  });

  await t.test('nothing was complained of', () => assert.deepEqual(guest.complaints, []));
});
