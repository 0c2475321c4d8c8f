import type { Page } from 'playwright-core';
import { memberOf } from '../sandbox/arena.ts';
import type { Stage } from './stage.ts';

/** Plays another member of the first server. */
export async function become(
  page: Page,
  { guild }: Stage,
  kind: 'owner' | 'moderator' | 'member',
): Promise<void> {
  const id = memberOf(guild, kind);
  const { username = '' } = guild.members.find((member) => member.id === id) ?? {};
  await page.getByRole('combobox', { name: 'You are' }).fill(username);
  await page
    .getByRole('listbox', { name: 'You are' })
    .getByRole('option', { name: new RegExp(`${username} · ${kind}`) })
    .click();
  await page.getByText(new RegExp(`^${kind}, one of`)).waitFor();
}

/** A place of the list on the left. */
export async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name }).first().click();
  await page.getByRole('log', { name: `Messages in #${name}` }).waitFor();
}

/** Says something in the open channel. */
export async function say(page: Page, text: string): Promise<void> {
  await page.locator('#composer').fill(text);
  await page.locator('#composer').press('Enter');
  await page.getByRole('log').getByText(text).waitFor();
}
