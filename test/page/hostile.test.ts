import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browserMissing, visit } from './browser.ts';
import { startStage } from './stage.ts';

const hostile = [
  '<img src=x onerror="window.hacked=1">',
  '<script>window.hacked=1</script>',
  '[click](javascript:window.hacked=1)',
  'javascript:window.hacked=1',
  '<https://example.com/"onmouseover="window.hacked=1>',
  '</div><iframe src="https://example.com"></iframe>',
  '```<img src=x onerror=window.hacked=1>```',
  '||<svg onload=window.hacked=1>||',
  '<@1><@&2><#3></x:4><:a:5><t:99999999999999>',
  `${'*'.repeat(900)}${'_'.repeat(900)}`,
  `${'>>> '.repeat(300)}${'||'.repeat(300)}`,
  '```'.repeat(500),
];

test('nothing that anybody writes becomes more than text', { skip: browserMissing }, async () => {
  await using stage = await startStage();
  const { bot, client, guild, sandbox } = stage;
  const channelId = guild.channels[0]?.id ?? '';
  const userId = guild.members[0]?.id ?? '';
  for (const content of hostile) await client.chat({ channelId, userId, content });
  const [markup = ''] = hostile;
  await bot.api.channels.createMessage(channelId, {
    embeds: [
      {
        title: markup,
        description: markup,
        fields: [{ name: markup, value: markup }],
        footer: { text: markup },
        image: { url: 'https://example.com/x.png' },
        author: { name: markup },
      },
    ],
  });
  await using guest = await visit(stage.browser, sandbox.pageUrl);
  const log = guest.page.getByRole('log');
  await log.getByRole('article', { name: markup }).waitFor();
  await log.getByText('[click](javascript:window.hacked=1)').waitFor();
  for (const forbidden of ['script', 'iframe', 'svg[onload]', '[onerror]', '[onmouseover]', '[src="x"]']) {
    assert.equal(await log.locator(forbidden).count(), 0, forbidden);
  }
  const links = await log.getByRole('link').all();
  for (const link of links) assert.match((await link.getAttribute('href')) ?? '', /^https?:\/\//);
  assert.equal(await guest.page.evaluate('window.hacked'), undefined);
  assert.deepEqual(guest.complaints, []);
  assert.deepEqual(
    guest.requested.filter((url) => !url.startsWith(sandbox.pageUrl)),
    [],
  );
});
