import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ApplicationCommandOptionType as OptionType } from 'discord-api-types/v10';
import { Child } from '../../src/demo/child.ts';
import { registerCommands } from '../../src/discord/command-registration.ts';
import { createDiscordRest } from '../../src/discord/discord.ts';
import type { Subcommand } from '../../src/features/command.ts';
import { commandsOf, features } from '../../src/features/features.ts';
import type { Option } from '../../src/features/options.ts';
import { commandBodies } from '../../src/features/registration.ts';
import type { InteractionSight, RunCommand } from '../../src/sandbox/client.ts';
import { problemWords } from '../../src/shard/problem-words.ts';
import { leaksIn } from '../helpers/leaks.ts';
import { samplesOf } from '../helpers/samples.ts';
import { featureStage, readable, type FeatureStage } from './stage.ts';

type Value = NonNullable<RunCommand['options']>[string];

interface AnyOption {
  readonly type: OptionType;
  readonly choices?: readonly { readonly value: string }[];
  readonly max_length?: number;
  readonly min_value?: number;
}

/** The only file that a command takes. */
const settingsFile = { filename: 'settings.json', data: Buffer.from('{}').toString('base64') };

/** By what a member types. */
const runnables: readonly (readonly [place: string, runnable: Subcommand])[] = commandsOf(features).flatMap(
  ({ name, ...command }): (readonly [string, Subcommand])[] =>
    command.subcommands === undefined
      ? [[name, command]]
      : Object.entries(command.subcommands).map(([part, each]) => [`${name} ${part}`, each]),
);

const apologies: readonly string[] = Object.values(problemWords.texts).flatMap((texts) => [
  texts.failed,
  texts.cancelled,
  texts.unknownCommand,
  texts.wrongOption,
]);

/** What they answer depends on the day, or the run: other tests have seen to their words. */
const changing: ReadonlySet<string> = new Set([
  'weather',
  'convert currency',
  'health',
  'about',
  'stats',
  'remind time_zone',
]);

/** As a member reads it, whatever the numbers of this run are. */
function wordsOf(seen: InteractionSight): object {
  const shown = seen.modal === undefined ? readable(seen) : { modal: seen.modal };
  const text = JSON.stringify(shown, (key, value: unknown) => {
    if (typeof value !== 'string') return value;
    return key === 'custom_id' ? value.split(':')[0] : value.replaceAll(/\d+(?:[.,:]\d+)*/g, 'N');
  });
  return JSON.parse(text) as object;
}

function assertAnswered(seen: InteractionSight, what: string): void {
  assert.equal(seen.state, 'answered', what);
  const titles = seen.embeds.map(({ title = '' }) => title);
  assert.deepEqual(
    titles.filter((title) => apologies.includes(title)),
    [],
    `${what}: ${JSON.stringify(seen.embeds)}`,
  );
  const says =
    seen.content !== '' || seen.embeds.length + seen.components.length > 0 || seen.modal !== undefined;
  assert.ok(says, `${what} says nothing`);
}

describe('every command of every feature', () => {
  let stage: FeatureStage;
  before(async () => {
    stage = await featureStage({ LOG_LEVEL: 'debug' });
  });
  after(() => stage?.[Symbol.asyncDispose]());

  /** Something that a member might enter. */
  async function plausible(place: string, name: string, option: Option<unknown>): Promise<Value> {
    const { registration, complete } = option;
    if (complete !== undefined) {
      const [first] = await stage.type(place, { [name]: '' }, name, { as: 'owner' });
      if (first !== undefined) return first.value;
    }
    const { type, choices, max_length: maxLength, min_value: min } = registration as AnyOption;
    if (type === OptionType.String) return choices?.[0]?.value ?? 'Berlin'.slice(0, maxLength);
    if (type === OptionType.Integer || type === OptionType.Number) return min ?? 1;
    if (type === OptionType.Boolean) return true;
    if (type === OptionType.Attachment) return settingsFile;
    const { channels, roles } = stage.guild;
    if (type === OptionType.Channel) return channels.find((each) => each.type === 0)?.id ?? '';
    return type === OptionType.Role ? (roles.at(-1)?.id ?? '') : stage.member('member');
  }

  async function filledIn(
    place: string,
    { options }: Subcommand,
    all: boolean,
  ): Promise<Record<string, Value>> {
    const chosen = Object.entries(options).filter(([, { required }]) => all || required);
    const values = chosen.map(
      async ([name, option]) => [name, await plausible(place, name, option)] as const,
    );
    return Object.fromEntries(await Promise.all(values));
  }

  test('is registered, and nothing else is', async () => {
    const registered = await stage.world.sandbox.commands(stage.guild.id, stage.member('owner'));
    assert.deepEqual(
      registered.map(({ name }) => name).toSorted(),
      commandsOf(features)
        .map(({ name }) => name)
        .toSorted(),
    );
  });

  for (const [place, runnable] of runnables) {
    test(`/${place} answers, with what it needs and with all it takes`, async (t) => {
      for (const [all, locale] of [
        [false, 'en-US'],
        [true, 'de'],
      ] as const) {
        const options = await filledIn(place, runnable, all);
        const seen = await stage.run(place, options, { as: 'owner', locale });
        assertAnswered(seen, `/${place} ${JSON.stringify(options)}`);
        if (!changing.has(place)) t.assert.snapshot(wordsOf(seen));
      }
    });
  }

  test('nothing that members write, and no secret, is printed, not even where an answer fails', async () => {
    const { world, guild } = stage;
    const written = ['canary of a command', 'canary of a form', 'canary of a message'] as const;
    const [channel] = guild.channels.filter(({ type }) => type === 0);
    assert.ok(channel);
    const userId = stage.member('owner');
    await world.sandbox.chat({ channelId: channel.id, userId, content: written[2] });
    const make = () =>
      stage.run('poll create', { question: written[0], options: 'yes | no' }, { as: 'owner' });
    const form = await stage.run('poll create', {}, { as: 'owner' });
    const fields = { question: written[1], answers: 'yes\nno' };
    await world.sandbox.submitModal({ interactionId: form.interactionId, fields });
    await world.sandbox.switchOn({ kind: 'rest-reset' });
    await make();
    await world.sandbox.clearFaults();
    await make();
    const printed = stage.printed();
    assert.match(printed, /"level":"debug"/);
    assert.match(printed, /"level":"error".*"msg":"no answer reached Discord"/);
    assert.match(printed, /"process":"jobs"/);
    assert.deepEqual(leaksIn(printed, world.env, written), []);
  });

  test('each is one line in the log, with its reference, guild, shard, duration and outcome', () => {
    const lines = stage
      .printed()
      .split('\n')
      .filter((line) => line.endsWith('"msg":"interaction"}'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const [place] of runnables)
      assert.ok(lines.filter(({ command }) => command === place).length >= 2, `${place} is not logged`);
    for (const line of lines) {
      assert.match(String(line['reference']), /^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
      assert.match(String(line['outcome']), /^(?:answered|refused|failed|cancelled|lost)$/);
      assert.deepEqual([line['level'], line['guild'], line['shard']], ['info', stage.guild.id, 0]);
      assert.ok(Number(line['durationMs']) >= 0);
    }
  });

  test('what is counted has bounded labels, and none that a member or a guild brought', async () => {
    const samples = samplesOf(await stage.metrics(), ['counter', 'gauge', 'histogram']);
    const series = new Map<string, number>();
    for (const sample of samples.keys()) {
      const [name = '', labels = ''] = sample.split('{');
      assert.doesNotMatch(labels, /canary|Berlin|\d{17,20}|[^\u0020-\u007e]/, sample);
      if (!/[{,]le="(?!\+Inf)/.test(sample)) series.set(name, (series.get(name) ?? 0) + 1);
    }
    assert.ok(series.size > 80, `only ${series.size} metrics`);
    assert.deepEqual(
      [...series].filter(([, count]) => count > 250),
      [],
    );
    assert.ok(samples.size < 4_000, `${samples.size} samples`);
  });

  test('deploy-commands --guild tries them out in one guild, and takes them away again', async () => {
    const { world, guild } = stage;
    const { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl } = world.env;
    const { api } = createDiscordRest({ token, apiUrl, onUnauthorized: () => {} });
    const { id } = await api.applications.getCurrent();
    const ofGuild = async () => (await api.applicationCommands.getGuildCommands(id, guild.id)).length;
    await new Child('deploy-commands', ['--guild', guild.id], world.env).done();
    assert.equal(await ofGuild(), commandsOf(features).length);
    const unchanged = { added: [], changed: [], removed: [] };
    assert.deepEqual(await registerCommands(api, commandBodies(features), guild.id), unchanged);
    await new Child('deploy-commands', ['--guild', guild.id, '--remove'], world.env).done();
    assert.equal(await ofGuild(), 0);
    assert.deepEqual(await registerCommands(api, commandBodies(features)), unchanged);
    const elsewhere = registerCommands(api, [], '175928847299117063');
    await assert.rejects(elsewhere, /may not register commands in guild 175928847299117063: add it there/);
  });
});
