import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Redis } from 'ioredis';
import type { FaultRequest, InteractionSight } from '../../src/sandbox/client.ts';
import { keys } from '../../src/redis/keys.ts';
import { eventually } from '../helpers/eventually.ts';
import { SpanCollector } from '../helpers/span-collector.ts';
import { featureStage, readable, type FeatureStage } from './stage.ts';
import { traceTests } from './trace-tests.ts';

let stage: FeatureStage;
let collector: SpanCollector;
before(async () => {
  collector = await SpanCollector.start();
  stage = await featureStage({
    UPSTREAM_RESET_MS: '2500',
    GUILD_CACHE_TTL_SEC: '1',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  });
});
after(async () => {
  await stage?.[Symbol.asyncDispose]();
  await collector[Symbol.asyncDispose]();
});
traceTests(
  () => stage,
  () => collector,
);

type Mode = Extract<FaultRequest, { kind: 'upstream' }>['mode'];

/** What the sandbox's weather and rates are depends on the day; that they are there does not. */
function steady(seen: InteractionSight): object {
  return JSON.parse(JSON.stringify(readable(seen)), (_key, value: unknown) => {
    if (typeof value === 'string')
      return value
        .replaceAll(/[-−]?\d[\d.,]*/g, '0')
        .replaceAll(/(?<=\*\*, |[CF]\n)\p{L}[\p{L} ]*(?=\n)/gu, 'CONDITION');
    return isDay(value) ? { ...value, name: 'DAY' } : value;
  }) as object;
}

/** A day of the forecast. */
function isDay(value: unknown): value is { readonly name: string; readonly value: string } {
  return typeof value === 'object' && value !== null && 'name' in value && 'value' in value;
}

function textOf({ embeds, content }: InteractionSight): string {
  return [content, ...embeds.flatMap(({ title, description }) => [title, description])].join('\n');
}

const shown: readonly (readonly [string, Readonly<Record<string, string | number>>])[] = [
  ['weather', { city: 'berlin' }],
  ['weather', { city: 'Paris, Texas', units: 'metric' }],
  ['github repo', { repository: 'https://github.com/mira-codes/tide' }],
  ['github user', { user: 'mira-codes' }],
  ['github issue', { repository: 'mira-codes/tide', number: 1 }],
  ['github issue', { repository: 'a/b', number: 3 }],
  ['wiki', { term: 'tide' }],
  ['wiki', { term: 'Mercury', language: 'fr' }],
  ['define', { word: 'Tide' }],
  ['convert units', { amount: '12,5', from: 'km', to: 'mi' }],
  ['convert units', { amount: '100', from: '°F', to: 'kelvin' }],
  ['convert currency', { amount: '1000', from: 'eur', to: 'KRW' }],
];
for (const locale of ['en-US', 'de'] as const) {
  test(`what a member sees, in ${locale}`, async (t) => {
    for (const [command, options] of shown) {
      const seen = await stage.run(command, options, { locale });
      assert.equal(seen.ephemeral, false, command);
      const changing = command === 'weather' || command === 'convert currency';
      t.assert.snapshot(changing ? steady(seen) : readable(seen));
    }
  });
}

test('the chart is an image that also says in words what it shows', async () => {
  const { message, embeds } = await stage.run('weather', { city: 'Tokyo' }, { locale: 'en-GB' });
  const [chart] = message?.attachments ?? [];
  assert.match(
    chart?.description ?? '',
    /^Line chart of the temperature by the hour on these days, from -?\d+°C to -?\d+°C$/,
  );
  assert.match(embeds[0]?.description ?? '', /wind \d+ mph/);
  const image = Buffer.from(await (await fetch(chart?.url ?? '')).arrayBuffer());
  assert.equal(image.toString('latin1', 1, 4), 'PNG');
});

describe('what makes no sense', () => {
  const refused: readonly (readonly [string, Readonly<Record<string, string | number>>, RegExp])[] = [
    ['weather', { city: 'Atlantis' }, /no city called “Atlantis”/],
    ['weather', { city: ' , ' }, /no city called/],
    ['weather', { city: 'Paris, Mars' }, /Did you mean.*\nParis, Île-de-France, France · Paris, Texas/],
    ['github repo', { repository: 'no-such/thing' }, /nothing public called `no-such\/thing`/],
    ['github repo', { repository: 'just-a-word' }, /not a repository name/],
    ['github repo', { repository: 'a/..' }, /not a repository name/],
    ['github repo', { repository: '../../users/x' }, /not a repository name/],
    ['github user', { user: '@everyone `x`' }, /cannot be a GitHub name/],
    ['github issue', { repository: 'a/b', number: 999_999_999 }, /nothing public called `a\/b#999999999`/],
    ['wiki', { term: 'qqqq' }, /no article called “qqqq”/],
    ['wiki', { term: '..' }, /no article called “..”/],
    ['wiki', { term: 'Tide|Ebb' }, /These come near it:\n.*Tide/],
    ['wiki', { term: '   ' }, /no article/],
    ['define', { word: 'zzzz' }, /English word “zzzz”/],
    ['define', { word: '../../x' }, /do not know the English word/],
    ['convert units', { amount: 'many', from: 'km', to: 'mi' }, /cannot convert the amount “many”/],
    [
      'convert units',
      { amount: '1e300', from: 'km', to: 'mi' },
      /cannot convert the amount.*at most 1,000,000,000,000,000/,
    ],
    ['convert units', { amount: '1', from: 'parsnip', to: 'mi' }, /the unit “parsnip”/],
    ['convert units', { amount: '1', from: 'kg', to: 'mi' }, /kg cannot become mi/],
    ['convert units', { amount: '-300', from: '°C', to: '°F' }, /less than there can be/],
    ['convert currency', { amount: '-1', from: 'EUR', to: 'USD' }, /less than there can be/],
    ['convert currency', { amount: '1', from: 'EUR', to: 'XTS' }, /no rate for “XTS”/],
  ];
  for (const [command, options, expected] of refused) {
    test(`/${command} ${JSON.stringify(options)} is answered privately with what to do`, async () => {
      const seen = await stage.run(command, options);
      assert.match(textOf(seen), expected);
      assert.equal(seen.ephemeral, true);
    });
  }
});

async function names(...[command, options, focused, person]: Parameters<FeatureStage['type']>) {
  return (await stage.type(command, options, focused, person)).map(({ name }) => name);
}

test('what is offered while a member types', async () => {
  assert.deepEqual(
    (await names('weather', { city: 'springf' }, 'city')).at(-1),
    'Springfield, Illinois, United States',
  );
  assert.deepEqual(await names('weather', { city: 's' }, 'city'), []);
  assert.ok((await names('wiki', { term: 'merc', language: 'de' }, 'term')).includes('Merc'));
  const from = { amount: '1', from: 'kilome', to: 'mi' };
  assert.deepEqual(await names('convert units', from, 'from', { locale: 'de' }), ['Kilometer (km)']);
  const to = { amount: '1', from: 'kg', to: '' };
  assert.deepEqual(await names('convert units', to, 'to'), [
    'kilograms (kg)',
    'grams (g)',
    'mg',
    't',
    'short ton',
    'long ton',
    'ounces (oz)',
    'pounds (lb)',
    'stones (st)',
  ]);
  const money = { amount: '1', from: 'franken', to: 'EUR' };
  assert.deepEqual(await names('convert currency', money, 'from', { locale: 'de' }), [
    'Schweizer Franken (CHF)',
  ]);
});

function strike(mode: Mode, count?: number) {
  return stage.world.sandbox.switchOn({
    kind: 'upstream',
    upstream: 'dictionary',
    mode,
    ...(count !== undefined && { count }),
  });
}

describe('a service that fails', () => {
  const away =
    /^dictionaryapi\.dev does not answer right now\nPlease try again in a few minutes\.\nOr look there yourself: https:\/\/en\.wiktionary\.org\/wiki\//m;

  async function assertAway(word: string): Promise<void> {
    const seen = await stage.run('define', { word });
    assert.match(textOf(seen), away);
    assert.equal(seen.ephemeral, true);
  }

  test('is found out, left alone, tried once, and used again, and its member is told each time', async () => {
    const { sandbox } = stage.world;
    const modes = ['not-json', 'wrong-shape', 'huge', 'reset', 'hang'] as const;
    for (const mode of modes) {
      await strike(mode, 1);
      await assertAway(mode);
    }
    const { fault } = await strike('status');
    const struck = async () => (await sandbox.faults()).find(({ id }) => id === fault.id)?.struck;
    // Open: whatever is asked, it is not called. Five failures open it, if they come within 10 s.
    const isCalled = async (word: string) => {
      const before = await struck();
      await assertAway(word);
      return (await struck()) !== before;
    };
    await eventually('it is open', async () => !(await isCalled('ebb')));
    // Half open: one call is let through, and opens it again.
    await eventually('it is tried', () => isCalled('flow'));
    assert.equal(await isCalled('neap'), false);
    await sandbox.clearFault(fault.id);
    const seen = await eventually('it is used again', async () => {
      const answer = await stage.run('define', { word: 'spring' });
      return !answer.ephemeral && answer;
    });
    assert.match(textOf(seen), /^spring\n/m);
    assert.equal((await stage.run('define', { word: 'neap' })).ephemeral, false);
  });

  test('is served from what is known, with its age', async () => {
    await stage.run('define', { word: 'shoal' });
    const redis = new Redis(stage.world.servers.redisUrl);
    try {
      const entry = keys.cacheEntry(
        'definitions',
        encodeURIComponent(JSON.stringify([null, ['api', 'v2', 'entries', 'en', 'shoal'], null])),
      );
      // Weeks later, in a process that does not remember: of the time in which it may be stale a day is left.
      await eventually('it is kept', async () => (await redis.pexpire(entry, 86_400_000)) === 1);
    } finally {
      redis.disconnect();
    }
    await stage.restart('shard');
    const { fault } = await strike('status');
    const seen = await stage.run('define', { word: 'shoal' });
    await stage.world.sandbox.clearFault(fault.id);
    assert.match(textOf(seen), /\n-# From <t:\d+:R>; dictionaryapi\.dev .* may know more by now\.$/);
    assert.equal(seen.ephemeral, false);
  });
});
