import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { connectDb } from '../../src/db/db.ts';
import { registerCommands } from '../../src/discord/command-registration.ts';
import { createDiscordRest } from '../../src/discord/discord.ts';
import { commandBodies } from '../../src/features/registration.ts';
import type { GuildSight, InteractionSight, UseComponent } from '../../src/sandbox/client.ts';
import { Owners } from '../../src/shard/owners.ts';
import { surroundings, type Surroundings } from '../helpers/bot.ts';
import { customIdOf } from '../helpers/custom-id-of.ts';
import { eventually } from '../helpers/eventually.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { componentFeature } from './component-fixture.ts';
import { startFixture, type FixtureProcess } from './fixture-process.ts';

const formProblems = [
  ['de', /- \*\*Your name\*\* darf höchstens 5 Zeichen haben\.\n- \*\*Your age\*\*: Ungültige Eingabe/],
  ['fr', /- \*\*Your name\*\* : au plus 5 caractères\.\n- \*\*Your age\*\* : Entrée invalide/],
  ['es-ES', /- \*\*Your name\*\*: como mucho 5 caracteres\.\n- \*\*Your age\*\*: Entrada inválida/],
  ['ko', /- \*\*Your name\*\*: 5자까지 적을 수 있어요\.\n- \*\*Your age\*\*: 잘못된 입력/],
] as const;

/** The heading of what the member is told instead. */
function refusal({ ephemeral, embeds }: InteractionSight): string | false | undefined {
  return ephemeral && embeds[0]?.title;
}

describe('buttons, selects, modals and what is offered while typing', () => {
  let world: Surroundings;
  let shard: FixtureProcess;
  let [guild, french]: GuildSight[] = [];
  let panel: InteractionSight;

  before(async () => {
    world = await surroundings({ shards: 1, firstAnswerSec: 10 });
    [guild, french] = await world.sandbox.guilds();
    const { api } = rest();
    await registerCommands(api, commandBodies([componentFeature]));
    const db = await connectDb({ url: world.servers.postgresUrl, poolMax: 1, log: silentLog });
    await db.query(
      'fill',
      (sql) => sql`
        insert into guild_settings (guild_id, locale, time_zone, version)
        values (${french?.id ?? ''}, 'fr', 'Europe/Paris', 1)`,
    );
    await db.close();
    shard = startFixture(world.env);
    await shard.ready;
    panel = await run('panel');
  });
  after(async () => {
    await shard?.[Symbol.asyncDispose]();
    await world?.[Symbol.asyncDispose]();
  });

  function rest() {
    const { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl } = world.env;
    return createDiscordRest({ token, apiUrl, onUnauthorized: () => {} });
  }

  function run(command: string, locale?: NonNullable<UseComponent['locale']>, where = guild) {
    const options = command === 'colors' ? { color: 'red' } : {};
    return world.sandbox.runCommand({
      guildId: where?.id ?? '',
      command,
      options,
      ...(locale && { locale }),
    });
  }

  function press(what: string, more: Partial<UseComponent> = {}, on = panel): Promise<InteractionSight> {
    const { channelId, message, components } = on;
    const customId = customIdOf(components, what);
    return world.sandbox.useComponent({ channelId, messageId: message?.id ?? '', customId, ...more });
  }

  async function offered(color: string) {
    const typed = { guildId: guild?.id ?? '', command: 'colors', options: { color }, focused: 'color' };
    const { state, choices } = await world.sandbox.autocomplete({ ...typed, locale: 'de' });
    assert.equal(state, 'answered');
    return choices;
  }

  async function said(...asked: Parameters<typeof run>): Promise<string> {
    return (await run(...asked)).content;
  }

  test('an update changes the message that the button is on', async () => {
    const seen = await press('count', {}, await run('panel'));
    assert.equal(seen.content, 'new: 100%: 2');
  });

  test('a reply is a message of its own, for the member alone where the definition says so', async () => {
    const seen = await press('whisper');
    assert.deepEqual([seen.content, seen.ephemeral], ['psst', true]);
    assert.notEqual(seen.message?.id, panel.message?.id);
  });

  test('a slow update is deferred without a word, and changes the same message', async () => {
    const own = await run('panel');
    const deferred = await press('slow', {}, own);
    assert.deepEqual([deferred.state, deferred.content], ['answered', 'press']);
    const seen = await eventually('the late update', async () => {
      const now = await world.sandbox.interaction(deferred.interactionId);
      return now.content === 'late but here' && now;
    });
    assert.equal(seen.message?.id, own.message?.id);
    assert.deepEqual(seen.followUps, []);
  });

  test('what was chosen in a select arrives', async () => {
    assert.equal((await press('choose', { values: ['green', 'red'] })).content, 'green, red');
  });

  test('a private button is for the member who got it', async () => {
    assert.equal((await press('mine')).content, 'yours');
    const other = guild?.members.find(({ kind }) => kind === 'moderator')?.id ?? '';
    assert.equal(refusal(await press('mine', { userId: other })), 'This is not for you');
  });

  test('an id of an earlier version is read where the definition can, else answered with regret', async () => {
    const own = await run('panel');
    assert.equal((await press('upgraded', {}, own)).content, 'old: 8');
    assert.equal(refusal(await press('outdated')), 'This is from an older version of me');
  });

  test('an id that is not ours does nothing', async () => {
    assert.equal(refusal(await press('forged')), 'This is from an older version of me');
  });

  test('a modal brings its data and its fields; what does not fit is said', async () => {
    const { interactionId, modal } = await press('open');
    assert.equal(modal?.title, 'A form');
    const fill = (fields: Record<string, string>, more: Pick<UseComponent, 'locale'> = {}) =>
      world.sandbox.submitModal({ interactionId, fields, ...more });
    const wrong = await fill({ name: 'A', age: '41' });
    assert.equal(refusal(wrong), 'That does not fit into the form');
    assert.match(wrong.embeds[0]?.description ?? '', /- \*\*Your name\*\* needs at least 2 characters\.$/);
    for (const [locale, says] of formProblems) {
      const seen = await fill({ name: 'Adalbert', age: '4.5' }, { locale });
      assert.match(seen.embeds[0]?.description ?? '', says, locale);
    }
    assert.equal((await fill({ name: 'Ada', age: '41' })).content, 'who: you?: Ada is 41');
  });

  test('what is offered while typing: in the member’s language, clipped, and nothing when it fails or is late', async () => {
    const [failed, slow, [choice]] = await Promise.all([offered('fail'), offered('slow'), offered('red')]);
    assert.deepEqual([failed, slow], [[], []]);
    assert.equal(choice?.value, 'red');
    assert.match(choice.name, /^red in de x+…$/);
    assert.equal(choice.name.length, 100);
  });

  test('a member’s own language goes before the one that the guild has chosen, and that before Discord’s', async () => {
    assert.equal(await said('colors', 'ko', french), 'ko ko Europe/Paris');
    // A language that the bot does not speak.
    assert.equal(await said('colors', 'ja', french), 'fr fr Europe/Paris');
    assert.equal(await said('colors', 'ja'), 'en en-US UTC');
  });

  test('who runs the bot is what Discord says, where the environment names nobody', async () => {
    const { api } = rest();
    const { owner } = await api.applications.getCurrent();
    const asked = new Owners(api, [], silentLog);
    assert.deepEqual([await asked.has(owner?.id ?? ''), await asked.has('1')], [true, false]);
    const named = new Owners(api, ['1'], silentLog);
    assert.deepEqual([await named.has(owner?.id ?? ''), await named.has('1')], [false, true]);
  });
});
