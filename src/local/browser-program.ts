import type { Program } from './package-installation.ts';

/** For the tests of pages. Homebrew has it as a cask, which puts no `chromium` on PATH that it could be found by. */
export const chromiumProgram: Program = { command: 'chromium', apt: 'chromium', brew: 'chromium' };
