import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../helpers/eventually.ts';
import { browserMissing, visit } from './browser.ts';
import { startStage } from './stage.ts';

test('a scenario is started in one server, watched and stopped', { skip: browserMissing }, async () => {
  await using stage = await startStage();
  await using guest = await visit(stage.browser, stage.sandbox.pageUrl);
  const panel = guest.page.getByRole('complementary');
  await panel.getByRole('tab', { name: 'Scenarios' }).click();
  await panel.getByRole('switch', { name: /^Only in/ }).check();
  await panel.getByRole('button', { name: 'Start: A spam wave' }).click();
  const run = panel.getByRole('article', { name: 'A spam wave' });
  await run.getByText(/^messages: [1-9]/).waitFor();
  const [sight] = await stage.client.runningScenarios();
  assert.deepEqual([sight?.name, sight?.state, sight?.guilds], ['spam-wave', 'running', 1]);
  await run.getByRole('button', { name: 'Stop: A spam wave' }).click();
  await run.getByText('stopped').waitFor();
  await eventually(
    'it is stopped',
    async () => (await stage.client.runningScenarios())[0]?.state === 'stopped',
  );
  assert.deepEqual(guest.complaints, []);
});
