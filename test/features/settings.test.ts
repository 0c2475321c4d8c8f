import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { InteractionSight, RunCommand } from '../../src/sandbox/client.ts';
import { eventually } from '../helpers/eventually.ts';
import { featureStage, readable, type FeatureStage } from './stage.ts';

let stage: FeatureStage;

before(async () => {
  stage = await featureStage();
});
after(() => stage[Symbol.asyncDispose]());

const locales = ['en-US', 'de'] as const;
type Options = NonNullable<RunCommand['options']>;
type Person = { readonly locale?: NonNullable<RunCommand['locale']> };

/** As a moderator, who may manage the server. */
function staff(command: string, options: Options = {}, person: Person = {}): Promise<InteractionSight> {
  return stage.run(`settings ${command}`, options, { as: 'moderator', ...person });
}

function press(
  seen: InteractionSight,
  what: string,
  more: Person & { readonly values?: readonly string[] } = {},
): Promise<InteractionSight> {
  return stage.press(seen, what, { as: 'moderator', ...more });
}

function description(seen: InteractionSight): string {
  return seen.embeds[0]?.description ?? '';
}

function field(seen: InteractionSight, name: string): string {
  return seen.embeds[0]?.fields?.find((candidate) => candidate.name === name)?.value ?? '';
}

function file(content: unknown): { filename: string; data: string } {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return { filename: 'settings.json', data: Buffer.from(text).toString('base64') };
}

const header = { format: 'shoal-settings', version: 1 };

test('a guild that has set nothing sees its defaults', async (t) => {
  for (const locale of locales) t.assert.snapshot(readable(await staff('view', {}, { locale })));
});

test('what is set is shown; what makes no sense is refused in words', async (t) => {
  for (const locale of locales) {
    const options = { time_zone: 'asia/seoul', locale: 'ko', accent_colour: '#abc' };
    t.assert.snapshot(readable(await staff('set', options, { locale })));
    for (const wrong of [{ time_zone: 'Mars/Olympus*' }, { accent_colour: 'reddish' }, {}])
      t.assert.snapshot(readable(await staff('set', wrong, { locale })));
  }
});

test('time zones and commands are offered while somebody types', async () => {
  const offered = await stage.type('settings set', { time_zone: 'new y' }, 'time_zone', { as: 'moderator' });
  assert.equal(offered[0]?.value, 'America/New_York');
  assert.match(offered[0]?.name ?? '', /^America\/New_York · \d/);
  const commands = await stage.type('settings command', { name: '/pi' }, 'name', { as: 'moderator' });
  assert.deepEqual(
    commands.map(({ value }) => value),
    ['ping'],
  );
  const korean = { as: 'moderator', locale: 'ko' } as const;
  for (const typed of ['핑', '/Ping', 'PING'])
    assert.match(
      (await stage.type('settings command', { name: typed }, 'name', korean))[0]?.name ?? '',
      /^\/핑 · /,
    );
  const families = await stage.type('settings family', { name: '' }, 'name', { as: 'moderator' });
  const names = families.map(({ value }) => value);
  assert.ok(
    names.includes('info') && !names.includes('settings') && !names.includes('privacy'),
    String(names),
  );
});

test('a log channel in which the bot may not write is said, and one that was deleted', async (t) => {
  const { people } = stage.world.sandbox;
  const guildId = stage.guild.id;
  const deny = String(PermissionFlagsBits.SendMessages | PermissionFlagsBits.EmbedLinks);
  const overwrites = [{ id: guildId, type: OverwriteType.Role, allow: '0', deny }];
  const muted = await people.createChannel({ guild_id: guildId, name: 'quiet', overwrites });
  const deaf = await people.createChannel({
    guild_id: guildId,
    name: 'hidden',
    overwrites: [
      {
        ...overwrites[0],
        id: guildId,
        type: OverwriteType.Role,
        allow: '0',
        deny: String(PermissionFlagsBits.ViewChannel),
      },
    ],
  });
  for (const locale of locales) {
    t.assert.snapshot(readable(await staff('set', { log_channel: muted.id }, { locale })));
    assert.match(
      description(await staff('set', { log_channel: deaf.id }, { locale })),
      /View Channel|Kanal ansehen/,
    );
  }
  const good = await staff('set', { log_channel: stage.guild.channels[0]?.id ?? '' });
  assert.equal(description(good), '');
  await staff('set', { log_channel: muted.id });
  await people.deleteChannel({ guild_id: guildId, channel_id: muted.id });
  assert.match(field(await staff('view'), 'Log channel'), /^a deleted channel \(\d+\)$/);
});

test('one command: switched off, for a role, with a cooldown; and as before', async (t) => {
  const { people } = stage.world.sandbox;
  const role = await people.editRole({ guild_id: stage.guild.id, name: 'Fishers', permissions: '0' });
  const about = (person: Person = {}) => stage.run('about', {}, person);
  for (const locale of locales) {
    t.assert.snapshot(readable(await staff('command', { name: '/about', enabled: false }, { locale })));
    t.assert.snapshot(readable(await about({ locale })));
    const rule = await staff('command', { name: 'about', enabled: true, cooldown: 3_600 }, { locale });
    t.assert.snapshot(readable(await press(rule, 'settings.roles', { values: [role.id], locale })));
    t.assert.snapshot(readable(await about({ locale })));
  }
  assert.equal((await stage.run('about', {}, { as: 'moderator' })).embeds[0]?.title, 'Shoal', 'staff may');
  await people.editMember({ guild_id: stage.guild.id, user_id: stage.member('member'), roles: [role.id] });
  assert.equal((await about()).embeds[0]?.title, 'Shoal');
  const place = { guildId: stage.guild.id, userId: stage.member('member'), command: 'about' };
  const again = await stage.world.sandbox.runCommand(place);
  assert.match(description(again), /It works again <t:\d+:R>/);
  assert.equal(again.ephemeral, true);
  await people.deleteRole({ guild_id: stage.guild.id, role_id: role.id });
  const left = await staff('command', { name: 'about', cooldown: 0 });
  assert.match(field(left, 'Who may use it'), /^a deleted role \(\d+\)$/);
  const none = await press(left, 'settings.roles', { values: [] });
  assert.deepEqual(
    [field(none, 'Cooldown'), field(none, 'Who may use it')],
    ['none of its own', 'everybody'],
  );
  assert.match(
    description(await staff('command', { name: 'settings', enabled: false })),
    /no command “settings”/,
  );
  assert.match(field(await staff('view'), 'Commands'), /no special rules/);
});

test('without any rule a member may use a command five times at once', async () => {
  const place = { guildId: stage.guild.id, userId: stage.member('owner'), command: 'about' };
  const seen = await Promise.all(Array.from({ length: 6 }, () => stage.world.sandbox.runCommand(place)));
  const titles = seen.map(({ embeds }) => embeds[0]?.title);
  const count = (title: string) => titles.filter((each) => each === title).length;
  assert.deepEqual([count('Shoal'), count('One moment, please')], [5, 1]);
  const pings = Array.from({ length: 8 }, () =>
    stage.world.sandbox.runCommand({ ...place, command: 'ping' }),
  );
  for (const { embeds } of await Promise.all(pings)) assert.equal(embeds[0]?.title, 'Pong!');
});

test('a command and a family go by the name that any client shows', async () => {
  for (const [name, locale] of [
    ['/Infos', 'en-US'],
    ['info', 'ko'],
    [' /소개 ', 'de'],
    ['ABOUT', 'fr'],
  ] as const)
    assert.match(
      (await staff('command', { name, cooldown: 0 }, { locale })).embeds[0]?.title ?? '',
      /^\/(about|소개|info|infos)$/,
      name,
    );
  for (const name of ['Über den Bot', '/핑', 'info'])
    assert.match(
      (await staff('family', { name, enabled: true })).content,
      /^Switched on: About the bot \(\/help, /,
    );
  assert.match(
    (await staff('family', { name: 'info', enabled: true }, { locale: 'ko' })).content,
    /^켰어요: 봇 소개 \(\/도움말, /,
  );
});

test('a family is switched off and on; /settings and /privacy cannot be', async (t) => {
  for (const locale of locales) {
    t.assert.snapshot(readable(await staff('family', { name: 'info', enabled: false }, { locale })));
    t.assert.snapshot(readable(await stage.run('ping', {}, { locale })));
  }
  assert.match(field(await staff('view'), 'Families'), /switched off: About the bot/);
  assert.match(
    description(await staff('family', { name: 'privacy', enabled: false })),
    /no family “privacy”/,
  );
  await staff('family', { name: 'info', enabled: true });
  await eventually('it is on', async () => (await stage.run('ping')).embeds[0]?.title === 'Pong!');
});

test('a reset asks first, and only who was asked answers', async (t) => {
  for (const locale of locales) {
    const asked = await staff('reset', { setting: 'timeZone' }, { locale });
    t.assert.snapshot(readable(asked));
    t.assert.snapshot(readable(await press(asked, 'settings.keep', { locale })));
  }
  const asked = await staff('reset', { setting: 'timeZone' });
  const done = await press(asked, 'Reset');
  assert.deepEqual([field(done, 'Time zone'), field(done, 'Language')], ['UTC', '한국어']);
  const all = await press(await staff('reset'), 'Reset');
  assert.deepEqual([field(all, 'Language'), field(all, 'Accent colour')], ['not chosen', 'not set']);
});

test('settings leave as a file and come back from it, after a look', async (t) => {
  await staff('set', { time_zone: 'Europe/Berlin', accent_colour: '#2A9D8F' });
  await staff('command', { name: 'about', cooldown: 30 });
  const exported = await staff('export');
  const attached = exported.message?.attachments[0];
  const text = await (await fetch(attached?.url ?? '')).text();
  await press(await staff('reset'), 'Reset');
  for (const locale of locales) {
    const asked = await staff('import', { file: file(text) }, { locale });
    t.assert.snapshot(readable(asked));
    if (locale === 'en-US') await press(asked, 'settings.keep');
    else t.assert.snapshot(readable(await press(asked, 'settings.import', { locale })));
  }
  const seen = await staff('view');
  assert.deepEqual(
    ['Time zone', 'Accent colour', 'Commands'].map((name) => field(seen, name).replace(/:\d+>/, '>')),
    ['Europe/Berlin', '#2A9D8F', '</about> · cooldown 30 seconds'],
  );
  const part = await press(
    await staff('import', { file: file({ ...header, locale: 'fr' }) }),
    'settings.import',
  );
  assert.deepEqual([field(part, 'Language'), field(part, 'Time zone')], ['Français', 'Europe/Berlin']);
});

/** The log channel after an import that names this one. */
async function imported(logChannelId: string | null): Promise<string> {
  const asked = await staff('import', { file: file({ ...header, logChannelId }) });
  return field(await press(asked, 'settings.import'), 'Log channel');
}

test('a log channel comes along if it is one of this server', async () => {
  const foreign = (await stage.world.sandbox.guilds())[1]?.channels[0]?.id ?? '';
  const own = stage.guild.channels[0]?.id ?? '';
  assert.equal(await imported(foreign), 'not set');
  assert.equal(await imported(own), `<#${own}>`);
  assert.equal(await imported(foreign), `<#${own}>`);
  assert.equal(await imported(null), 'not set');
});

test('a change is told in the log channel, in the server’s language', async () => {
  const channelId = stage.guild.channels.find(({ type }) => type === 0)?.id ?? '';
  await staff('set', { log_channel: channelId, locale: 'de' });
  await staff('set', { accent_colour: '#123456' }, { locale: 'fr' });
  await staff('set', { accent_colour: '#123456' });
  const told = async () => {
    const messages = await stage.world.sandbox.messages(channelId, stage.member('owner'));
    return messages.flatMap(({ embeds }) => embeds).filter(({ title }) => title === 'Einstellungen geändert');
  };
  const embeds = await eventually('both are told', async () => {
    const found = await told();
    return found.length === 2 && found;
  });
  const by = `Von <@${stage.member('moderator')}>`;
  assert.ok(embeds.every(({ description: text }) => text === by));
  assert.ok(embeds.some(({ fields }) => fields?.some(({ value }) => value === '#123456')));
  await imported(null);
});

test('rules that say nothing are not kept, and a field shows as many as it can hold', async () => {
  const none = { about: {}, ping: { enabled: true, roleIds: [] } };
  const empty = await staff('import', {
    file: file({ ...header, commands: none, families: { info: true } }),
  });
  assert.deepEqual(
    [field(empty, 'Commands'), field(empty, 'Families')],
    ['no special rules', 'all switched on'],
  );
  const roleIds = Array.from({ length: 25 }, (_, index) => String(300_000_000_000_000_000n + BigInt(index)));
  const many = await staff('import', {
    file: file({ ...header, commands: { about: { roleIds }, ping: { enabled: false } } }),
  });
  assert.equal(many.state, 'answered');
  assert.ok(field(many, 'Commands').length <= 1_024 && /and \d more|only for/.test(field(many, 'Commands')));
});

test('a file that is wrong says where, and changes nothing', async (t) => {
  const before = field(await staff('view'), 'Commands');
  const hostile: readonly (readonly [unknown, RegExp])[] = [
    ['{', /not JSON/],
    ['\u0000\uFFFE', /not JSON/],
    [[], /expected object/],
    [{ version: 1 }, /^format: /m],
    [{ ...header, version: 2 }, /^version: /m],
    [{ ...header, guildId: '1' }, /guildId/],
    [{ ...header, locale: 'constructor' }, /^locale: /m],
    [{ ...header, timeZone: '+02:00' }, /^timeZone: /m],
    [{ ...header, logChannelId: "1' or true" }, /^logChannelId: /m],
    [{ ...header, accentColor: 7 }, /^accentColor: /m],
    [{ ...header, commands: { ping: { cooldownSec: 1e9 } } }, /^commands\.ping\.cooldownSec: /m],
    [
      { ...header, commands: { ping: { roleIds: Array.from({ length: 26 }, () => '300000000000000001') } } },
      /^commands\.ping\.roleIds: /m,
    ],
    [{ ...header, commands: { settings: { enabled: false } } }, /^commands\.settings: There is no command/m],
    [{ ...header, families: { privacy: false } }, /^families\.privacy: There is no family/m],
    [{ ...header, commands: { '```\n@everyone': {} } }, /commands/],
    [' '.repeat(65_537), /too large: it may have at most 65,536 bytes/],
    ['['.repeat(60_000), /not JSON/],
  ];
  for (const [content, says] of hostile) {
    const seen = await staff('import', { file: file(content) });
    assert.match(description(seen), says, JSON.stringify(content).slice(0, 80));
    assert.deepEqual([seen.components, seen.embeds.length], [[], 1]);
  }
  // JSON.parse makes it a key like any other, and it must not become a prototype.
  const odd = '{"format":"shoal-settings","version":1,"commands":{"__proto__":{"enabled":false}}}';
  assert.match(field(await staff('import', { file: file(odd) }), 'Commands'), /no special rules/);
  for (const locale of locales) {
    const wrong = { ...header, locale: 'xx', commands: { ping: { cooldownSec: 0 } } };
    t.assert.snapshot(readable(await staff('import', { file: file(wrong) }, { locale })));
  }
  assert.equal(field(await staff('view'), 'Commands'), before);
});
