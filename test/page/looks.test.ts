import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { memberOf } from '../sandbox/arena.ts';
import { browserMissing, visit } from './browser.ts';
import { contrast, parseColor } from './contrast.ts';
import { startStage, type Stage } from './stage.ts';

/** What text stands on what, by the variables of theme.css. */
const pairs = [
  ...['ground', 'panel', 'raised', 'sunken', 'accent-wash'].flatMap((ground) => [
    ['text', ground],
    ['muted', ground],
    ['link', ground],
  ]),
  ...['ground', 'panel', 'raised'].map((ground) => ['problem', ground]),
  ['accent', 'panel'],
  ['accent-ink', 'accent'],
  ['button-ink', 'good'],
  ['button-ink', 'danger'],
  ['mention', 'mention-wash'],
  ...Array.from({ length: 8 }, (_, tone) => ['tone-ink', `tone-${tone}`]),
];

/** By their names; in one question, since each takes the browser milliseconds. */
async function variables(page: Page, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const style = 'getComputedStyle(document.documentElement)';
  const pairs = `(${JSON.stringify(names)}).map((name) => [name, ${style}.getPropertyValue('--' + name).trim()])`;
  return new Map(await page.evaluate<[string, string][]>(pairs));
}

async function variable(page: Page, name: string): Promise<string> {
  return (await variables(page, [name])).get(name) ?? '';
}

/** Every message that the small bot can make, so that the checks see every kind of control. */
async function fill({ client, guild }: Stage): Promise<void> {
  const place = { guildId: guild.id, userId: memberOf(guild, 'member') };
  for (const command of ['ping', 'menu', 'pretty', 'secret']) await client.runCommand({ ...place, command });
}

test('how it looks and what it tells', { skip: browserMissing }, async (t) => {
  let stage: Stage;
  before(async () => {
    stage = await startStage();
    await fill(stage);
  });
  after(async () => stage[Symbol.asyncDispose]());

  for (const colorScheme of ['dark', 'light'] as const) {
    await t.test(`${colorScheme}: every text has a contrast of 4.5 or more`, async () => {
      await using guest = await visit(stage.browser, stage.sandbox.pageUrl, { colorScheme });
      const colors = await variables(guest.page, [...new Set(pairs.flat())]);
      for (const [ink = '', ground = ''] of pairs) {
        const [one = '', other = ''] = [colors.get(ink), colors.get(ground)];
        const found = contrast(parseColor(one), parseColor(other));
        assert.ok(found >= 4.5, `--${ink} (${one}) on --${ground} (${other}): ${found.toFixed(2)}`);
      }
    });
  }

  await t.test(
    'the colours follow the system until they are chosen, and the choice is remembered',
    async () => {
      await using guest = await visit(stage.browser, stage.sandbox.pageUrl, { colorScheme: 'light' });
      const { page } = guest;
      const light = await variable(page, 'ground');
      await page.getByRole('button', { name: /^Colours: auto/ }).click();
      const dark = await variable(page, 'ground');
      assert.notEqual(dark, light);
      await page.reload();
      await page.getByRole('button', { name: /^Colours: dark/ }).waitFor();
      assert.equal(await variable(page, 'ground'), dark);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.getByRole('button', { name: /^Colours: dark/ }).click();
      assert.equal(await variable(page, 'ground'), light);
    },
  );

  await t.test('every control has a name, and there are landmarks', async () => {
    await using guest = await visit(stage.browser, stage.sandbox.pageUrl);
    const { page } = guest;
    await page.getByRole('button', { name: 'Join' }).waitFor();
    const controls = await page
      .locator('button, a[href], input, select, textarea, [role=option], [role=tab]')
      .filter({ visible: true })
      .all();
    assert.ok(controls.length > 25, `only ${controls.length} controls`);
    for (const control of controls) {
      if (/^- '?[\w-]+ "[^"]+"/.test(await control.ariaSnapshot())) continue;
      assert.fail(String(await control.evaluate('(element) => element.outerHTML')));
    }
    for (const landmark of ['navigation', 'main', 'complementary'] as const) {
      assert.equal(await page.getByRole(landmark).count(), 1, landmark);
    }
    assert.equal(await page.getByRole('log').getAttribute('aria-live'), 'polite');
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  });

  await t.test('the focus is visible wherever Tab leads', async () => {
    await using guest = await visit(stage.browser, stage.sandbox.pageUrl);
    const { page } = guest;
    const seen = new Set<string>();
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      const [what, isSeen] = await page.evaluate<[string, boolean]>(`(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return ['', true];
        const outlined = (each) => each !== null && getComputedStyle(each).outlineStyle !== 'none';
        return [element.outerHTML.slice(0, 120), outlined(element) || outlined(element.closest('.chat-box'))];
      })()`);
      assert.ok(isSeen, `no outline: ${what}`);
      seen.add(what);
    }
    assert.ok(seen.size > 25, `Tab led to ${seen.size} places only`);
  });

  await t.test('on a phone nothing is cut off, and places and panel are drawers', async () => {
    await using guest = await visit(stage.browser, stage.sandbox.pageUrl, {
      viewport: { width: 360, height: 740 },
    });
    const { page } = guest;
    assert.ok(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth'));
    assert.equal(await page.getByRole('navigation').count(), 0, 'hidden at first');
    await page.getByRole('button', { name: 'Servers and channels' }).click();
    await page.getByRole('navigation').getByRole('button', { name: 'off-topic' }).click();
    await page.getByRole('log', { name: 'Messages in #off-topic' }).waitFor();
    await page.getByRole('navigation').waitFor({ state: 'detached' });
    const files = ['a-long-name-of-a-picture.png', 'notes.txt'].map((name) => ({
      name,
      mimeType: name.endsWith('png') ? 'image/png' : 'text/plain',
      buffer: Buffer.from('x'),
    }));
    await page.locator('.chat-box input[type=file]').setInputFiles(files);
    for (const { name } of files) {
      const { x = 0, width = 360 } =
        (await page.getByRole('button', { name: `Remove ${name}` }).boundingBox()) ?? {};
      assert.ok(x + width <= 360, `${name} can be taken back`);
    }
    await page.getByRole('button', { name: 'Shards, events and faults' }).click();
    await page.getByRole('complementary').getByText('2 of 2 connected').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'hidden' });
    const overflowing = await page.evaluate<string[]>(`[...document.querySelectorAll('main *')]
      .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(each).position !== 'absolute')
      .map((each) => each.outerHTML.slice(0, 100))`);
    assert.deepEqual(overflowing, []);
  });

  await t.test('who wants no motion gets none', async () => {
    await using guest = await visit(stage.browser, stage.sandbox.pageUrl, {
      reducedMotion: 'reduce',
      viewport: { width: 360, height: 740 },
    });
    const moving = await guest.page.evaluate<number>(`[...document.querySelectorAll('*')]
      .filter((each) => ['transitionDuration', 'animationDuration'].some((name) => getComputedStyle(each)[name] !== '0s' && getComputedStyle(each)[name.replace('Duration', 'Name')] !== 'none')).length`);
    assert.equal(moving, 0);
  });
});
