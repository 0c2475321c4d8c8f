import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { browserMissing, visit, type Visit } from './browser.ts';
import { startStage, type Stage } from './stage.ts';

/** Presses the keys one after the other; what is no key is typed. */
async function keys(page: Page, ...pressed: readonly string[]): Promise<void> {
  for (const each of pressed) {
    if (/^(?:Enter|Escape|Tab|Shift\+Tab|Arrow\w+|Space|Home|End|ContextMenu)$/.test(each)) {
      await page.keyboard.press(each);
    } else await page.keyboard.type(each);
  }
}

/** Types a command and chooses it from the list; before the page has the list Enter would do nothing. */
async function choose(page: Page, command: string): Promise<void> {
  await keys(page, `/${command}`);
  await page.getByRole('option', { name: new RegExp(`^/${command}`), selected: true }).waitFor();
  await keys(page, 'Enter');
}

/** Tabs on until the focused element has this name. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    const label = (await focused.getAttribute('aria-label')) ?? (await focused.textContent()) ?? '';
    if (name.test(label)) return;
  }
  throw new Error(`80 tabs and no ${name}`);
}

test('by keyboard alone', { skip: browserMissing }, async (t) => {
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
  const startOver = async () => {
    await page.reload();
    await page.getByRole('log', { name: /^Messages in #general/ }).waitFor();
    await page.locator('#composer').focus();
  };
  const option = (name: string | RegExp) => page.getByRole('option', { name, selected: true });

  await t.test('the skip link leads to the message box; Enter says what is typed', async () => {
    await keys(page, 'Tab', 'Enter', 'Hello *there*', 'Enter');
    await log().getByText('there', { exact: true }).waitFor();
    assert.equal(await log().locator('em').textContent(), 'there');
    assert.equal(await page.locator('#composer').inputValue(), '');
  });

  await t.test('a command is found while it is typed, and its options are checked', async () => {
    await keys(page, '/');
    await page.getByRole('listbox', { name: 'Commands' }).waitFor();
    assert.equal(await page.getByRole('option', { name: /staff/ }).count(), 0, 'hidden from members');
    await keys(page, 'se');
    await option(/^\/secret/).waitFor();
    await keys(page, 'ArrowDown');
    await option(/^\/settings view/).waitFor();
    await keys(page, 'Escape');
    assert.equal(await page.getByRole('listbox').count(), 0);
    await page.locator('#composer').fill('');
    await keys(page, '/rol', 'Tab');
    const sides = page.getByLabel(/^sides/);
    await sides.waitFor();
    await keys(page, 'Enter');
    await page.getByText('This option is required.').waitFor();
    assert.equal(await sides.getAttribute('aria-invalid'), 'true');
    await keys(page, '200', 'Enter');
    await page.getByText('Enter a number from 2 to 100.').waitFor();
    await sides.fill('6');
    await keys(page, 'Enter');
    await log()
      .getByText(/roll .*"name":"sides","type":4,"value":6/)
      .waitFor();
    await log().getByText('/roll', { exact: true }).waitFor();
  });

  await t.test('optional options: a member picked from a list, yes or no', async () => {
    await startOver();
    await choose(page, 'roll');
    await keys(page, '20');
    await tabTo(page, /\+ for/);
    await keys(page, 'Enter');
    await page.getByRole('combobox', { name: /^for/ }).waitFor();
    await page
      .getByRole('listbox')
      .getByRole('option', { name: /moderator/ })
      .waitFor();
    const [, moderator] = stage.guild.members;
    await keys(page, moderator?.username ?? '');
    await page
      .getByRole('listbox')
      .getByRole('option', { selected: true, name: moderator?.username ?? '' })
      .waitFor();
    await keys(page, 'Enter', 'Enter');
    await log()
      .getByText(new RegExp(`"name":"for","type":6,"value":"${moderator?.id}"`))
      .waitFor();
  });

  await t.test('choices and subcommands', async () => {
    await startOver();
    await choose(page, 'settings set');
    await page.getByRole('option', { name: 'Coral red' }).waitFor();
    await keys(page, 'ArrowDown');
    await option('Sea blue').waitFor();
    await keys(page, 'Enter', 'Enter');
    await log()
      .getByText(/"name":"colour","type":3,"value":"blue"/)
      .waitFor();
  });

  await t.test('the bot suggests while an option is typed', async () => {
    await startOver();
    await choose(page, 'fruit');
    await page.getByRole('option', { name: 'Cherry' }).waitFor();
    await keys(page, 'ap');
    await page.getByRole('option', { name: 'Cherry' }).waitFor({ state: 'detached' });
    await keys(page, 'ArrowDown');
    await option('Apricot').waitFor();
    await keys(page, 'Enter', 'Enter');
    await log()
      .getByText(/"name":"name","type":3,"value":"Apricot"/)
      .waitFor();
  });

  await t.test('Escape leaves a command', async () => {
    await startOver();
    await choose(page, 'ping');
    await page.getByRole('form', { name: 'Options of /ping' }).waitFor();
    await keys(page, 'Escape');
    await page.locator('#composer:focus').waitFor();
  });

  await t.test('a modal keeps the focus, is sent by Enter and left by Escape', async () => {
    await startOver();
    const dialog = page.getByRole('dialog', { name: 'Who are you?' });
    await choose(page, 'form');
    await keys(page, 'Enter');
    await dialog.waitFor();
    await keys(page, 'Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('#composer').focus();
    await choose(page, 'form');
    await keys(page, 'Enter');
    await dialog.getByLabel(/^Your name/).waitFor();
    await keys(page, 'Noor', 'Enter');
    await log().getByText('Noor', { exact: true }).waitFor();
    await dialog.waitFor({ state: 'detached' });
  });

  await t.test('a select menu and a context menu', async () => {
    await startOver();
    await choose(page, 'menu');
    await keys(page, 'Enter');
    const select = log().getByRole('button', { name: 'Pick colours' });
    await select.focus();
    await keys(page, 'Enter');
    await page.getByRole('option', { name: 'Green' }).waitFor();
    await keys(page, 'Enter', 'ArrowDown', 'Enter', 'Escape');
    await log().getByText('You chose red, green').waitFor();
    await log()
      .getByRole('button', { name: /^Actions for the message/ })
      .first()
      .focus();
    await keys(page, 'Enter');
    await page.getByRole('menu').waitFor();
    await keys(page, 'ArrowDown', 'Enter');
    await log().getByRole('button', { name: '👍, 1', pressed: true }).waitFor();
  });

  await t.test('nothing was complained of, and nothing left loopback', () => {
    assert.deepEqual(guest.complaints, []);
    const away = guest.requested.filter((url) => !url.startsWith(stage.sandbox.pageUrl));
    assert.deepEqual(away, []);
  });
});
