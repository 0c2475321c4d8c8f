import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { chromiumProgram } from '../../src/local/browser-program.ts';
import { findProgram } from '../../src/local/find-program.ts';
import { packageInstallation } from '../../src/local/package-installation.ts';

/** Debian's Chromium; test/setup.ts has installed it where that is allowed. */
const executablePath = findProgram(chromiumProgram.command, process.env);

/** For `test`'s `skip`: false, or why there is no browser and what would bring it. */
export const browserMissing = executablePath === undefined && (await reason());

export type Visit = AsyncDisposable & {
  readonly page: Page;
  /** What the page said in the console beyond what it should, and errors that nobody caught. */
  readonly complaints: string[];
  /** Every address that the page asked for. */
  readonly requested: string[];
};

export async function startBrowser(): Promise<Browser> {
  if (executablePath === undefined)
    throw new Error('there is no chromium: the test should have been skipped');
  // Chromium's own sandbox does not work for root.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args });
}

/** A window of its own, with its own storage, at the page's address. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  const requested: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => void complaints.push(error.message));
  page.on('request', (request) => void requested.push(request.url()));
  await page.goto(url);
  await page.getByRole('log', { name: /^Messages in #general/ }).waitFor();
  return { page, complaints, requested, [Symbol.asyncDispose]: () => context.close() };
}

async function reason(): Promise<string> {
  const { byHand } = await packageInstallation([chromiumProgram], {
    environment: process.env,
    uid: process.getuid?.(),
  });
  return `chromium is not installed: ${byHand}`;
}
