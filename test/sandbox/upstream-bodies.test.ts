import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startArena } from './arena.ts';

type Body = Record<string, unknown>;
type Answer = { readonly status: number; readonly body: Body; readonly headers: Headers };
type Ask = (path: string, headers?: Record<string, string>) => Promise<Answer>;

async function withUpstream(run: (ask: Ask, url: string) => Promise<void>, seed = 1): Promise<void> {
  await using arena = await startArena({ seed });
  const { upstreamUrl } = arena.sandbox;
  await run(async (path, headers = {}) => {
    const response = await fetch(upstreamUrl + path, { headers, redirect: 'manual' });
    const text = await response.text();
    return {
      status: response.status,
      body: (text === '' ? {} : JSON.parse(text)) as Body,
      headers: response.headers,
    };
  }, upstreamUrl);
}

const search = '/open-meteo-geocoding/v1/search';
const weather = '/open-meteo/v1/forecast';

test('geocoding finds places by the beginning of their name, accents or not, the largest first', async () => {
  await withUpstream(async (ask) => {
    const found = async (query: string) =>
      ((await ask(`${search}?${query}`)).body['results'] ?? []) as Body[];
    assert.deepEqual(
      (await found('name=paris')).map(({ country_code }) => country_code),
      ['FR', 'US'],
    );
    assert.equal((await found('name=spring')).length, 3);
    assert.equal((await found('name=spring&count=1')).length, 1);
    assert.equal((await found('name=sao%20paulo'))[0]?.['name'], 'São Paulo');
    const [berlin] = await found('name=Berlin');
    assert.deepEqual([berlin?.['timezone'], berlin?.['latitude']], ['Europe/Berlin', 52.52437]);
    for (const query of ['name=Atlantis', 'name=x', 'name=']) {
      const { status, body } = await ask(`${search}?${query}`);
      assert.deepEqual([status, Object.keys(body)], [200, ['generationtime_ms']], query);
    }
    for (const query of ['', 'name=berlin&count=0', 'name=berlin&count=101']) {
      const { status, body } = await ask(`${search}?${query}`);
      assert.deepEqual([status, body['error'], typeof body['reason']], [400, true, 'string'], query);
    }
  });
});

test('a forecast has what was asked for, in the units and the zone that were asked for', async () => {
  await withUpstream(async (ask) => {
    const at = `${weather}?latitude=52.52&longitude=13.41`;
    const asked =
      'current=temperature_2m,weather_code&hourly=wind_speed_10m&daily=temperature_2m_max,sunrise';
    const { body } = await ask(`${at}&${asked}&timezone=auto&forecast_days=2`);
    assert.equal(body['timezone'], 'Europe/Berlin');
    assert.ok([3_600, 7_200].includes(body['utc_offset_seconds'] as number));
    const current = body['current'] as Body;
    assert.deepEqual(Object.keys(current), ['time', 'interval', 'temperature_2m', 'weather_code']);
    assert.match(String(current['time']), /^\d{4}-\d\d-\d\dT\d\d:(00|15|30|45)$/);
    const { time, wind_speed_10m } = body['hourly'] as { time: string[]; wind_speed_10m: number[] };
    assert.deepEqual([time.length, wind_speed_10m.length], [48, 48]);
    assert.match(time[0] ?? '', /T00:00$/);
    const daily = body['daily'] as { time: string[]; sunrise: string[] };
    assert.equal(daily.sunrise[1], `${daily.time[1]}T08:00`);
    assert.deepEqual(body['daily_units'], { time: 'iso8601', temperature_2m_max: '°C', sunrise: 'iso8601' });

    const units = 'temperature_unit=fahrenheit&wind_speed_unit=ms';
    const other = (await ask(`${at}&${asked}&timezone=auto&forecast_days=2&${units}`)).body;
    assert.equal((other['current_units'] as Body)['temperature_2m'], '°F');
    const fahrenheit = ((current['temperature_2m'] as number) * 9) / 5 + 32;
    assert.ok(Math.abs(((other['current'] as Body)['temperature_2m'] as number) - fahrenheit) < 0.1);
    assert.equal((other['hourly_units'] as Body)['wind_speed_10m'], 'm/s');
  });
});

test('a forecast that makes no sense is refused with a reason', async () => {
  await withUpstream(async (ask) => {
    const right = 'latitude=1&longitude=1';
    const wrong = [
      '',
      'latitude=1',
      'latitude=&longitude=1',
      'latitude=91&longitude=1',
      'latitude=1&longitude=x',
      `${right}&current=happiness`,
      `${right}&hourly=constructor`,
      `${right}&daily=temperature_2m`,
      `${right}&forecast_days=17`,
      `${right}&timezone=Mars/Base`,
    ];
    for (const query of wrong) {
      const { status, body } = await ask(`${weather}?${query}`);
      assert.deepEqual([status, body['error'], typeof body['reason']], [400, true, 'string'], query);
    }
    const { body } = await ask(`${weather}?latitude=0&longitude=-150&timezone=auto`);
    assert.deepEqual([body['timezone'], body['utc_offset_seconds']], ['Etc/GMT+10', -36_000]);
  });
});

test('GitHub shows users, repositories, issues and pull requests, and what is not there as 404', async () => {
  await withUpstream(async (ask) => {
    const user = (await ask('/github/users/mira-codes')).body;
    const repository = (await ask('/github/repos/mira-codes/tide')).body;
    assert.deepEqual([user['login'], repository['full_name']], ['mira-codes', 'mira-codes/tide']);
    assert.equal((repository['owner'] as Body)['id'], user['id']);
    const [issue, pull] = [await ask('/github/repos/a/b/issues/1'), await ask('/github/repos/a/b/issues/3')];
    assert.deepEqual([issue.body['number'], issue.body['pull_request']], [1, undefined]);
    assert.match(String((pull.body['pull_request'] as Body)['html_url']), /\/a\/b\/pull\/3$/);
    const missing = [
      '/users/no-such-user',
      '/users/under_score',
      `/users/${'ab'.repeat(20)}`,
      '/repos/a/no-such-repo',
      '/repos/a/b/issues/999999999',
      '/repos/a/b/issues/0',
      '/repos/a/b/issues/x',
      '/orgs/a',
    ];
    for (const path of missing) {
      const { status, body } = await ask(`/github${path}`);
      assert.deepEqual([status, body['message'], body['status']], [404, 'Not Found', '404'], path);
    }
  });
});

test('GitHub answers 304 to whoever has the answer, and counts requests by the hour', async () => {
  await withUpstream(async (ask) => {
    const path = '/github/users/mira-codes';
    const first = await ask(path);
    const etag = first.headers.get('etag') ?? '';
    assert.match(etag, /^W\/"[0-9a-f]{64}"$/);
    const known = await ask(path, { 'if-none-match': etag });
    assert.deepEqual([known.status, known.headers.get('etag')], [304, etag]);
    assert.equal((await ask(path, { 'if-none-match': 'W/"other"' })).status, 200);
    const token = { authorization: 'Bearer not-a-token' };
    const left = async (headers: Record<string, string>) =>
      Number((await ask(path, headers)).headers.get('x-ratelimit-remaining'));
    assert.deepEqual(
      [await left({}), await left(token), await left({ ...token, 'if-none-match': etag })],
      [56, 4_999, 4_999],
    );
    for (let used = 4; used < 60; used += 1) assert.equal((await ask(path)).status, 200);
    const over = await ask(path);
    assert.equal(over.status, 403);
    assert.match(String(over.body['message']), /^API rate limit exceeded/);
    const { headers } = over;
    assert.deepEqual(
      ['limit', 'remaining', 'used', 'resource'].map((name) => headers.get(`x-ratelimit-${name}`)),
      ['60', '0', '60', 'core'],
    );
    assert.ok(Number(headers.get('x-ratelimit-reset')) > Date.now() / 1_000);
  });
});

test('Wikipedia has articles, disambiguations, redirects and titles that lead nowhere', async () => {
  await withUpstream(async (ask, url) => {
    const page = '/wikipedia/en/api/rest_v1/page/summary';
    const { status, body } = await ask(`${page}/Tidal_island`);
    assert.deepEqual([status, body['type'], body['title']], [200, 'standard', 'Tidal island']);
    assert.deepEqual(body['titles'], {
      canonical: 'Tidal_island',
      normalized: 'Tidal island',
      display: '<span class="mw-page-title-main">Tidal island</span>',
    });
    for (const title of ['Mercury', 'Tide_(disambiguation)']) {
      assert.equal((await ask(`${page}/${title}`)).body['type'], 'disambiguation', title);
    }
    const moved: [string, number, string][] = [
      ['tidal_island', 301, 'Tidal_island'],
      ['Tidal%20island', 301, 'Tidal_island'],
      ['UK', 302, 'United_Kingdom'],
      ['%2F%2Fevil%20invalid', 301, '%2F%2Fevil_invalid'],
    ];
    for (const [title, code, location] of moved) {
      const answer = await ask(`${page}/${title}`);
      assert.deepEqual([answer.status, answer.headers.get('location')], [code, location], title);
    }
    const followed = await fetch(`${url}${page}/UK`);
    assert.equal(((await followed.json()) as Body)['title'], 'United Kingdom');
    for (const title of ['No_such_article', 'Xxxyz', 'a%5Bb%5D', 'Ab'.repeat(128)]) {
      const missing = await ask(`${page}/${title}`);
      assert.deepEqual([missing.status, missing.body['title']], [404, 'Not found.'], title);
    }
    const markup = await ask(`${page}/Q%26A_%22x%22`);
    assert.equal(markup.body['displaytitle'], '<span class="mw-page-title-main">Q&amp;A "x"</span>');
  });
});

test('Wikipedia’s search suggests titles, or nothing', async () => {
  await withUpstream(async (ask) => {
    const api = '/wikipedia/de/w/api.php';
    const suggested = (await ask(`${api}?action=opensearch&search=tide&limit=2`))
      .body as unknown as unknown[];
    assert.deepEqual(suggested.slice(0, 3), ['tide', ['Tide', 'Tide (disambiguation)'], ['', '']]);
    assert.deepEqual((suggested[3] as string[])[0], 'https://de.wikipedia.org/wiki/Tide');
    const nothing = (await ask(`${api}?action=opensearch&search=zzz`)).body as unknown;
    assert.deepEqual(nothing, ['zzz', [], [], []]);
    const found = await ask(`${api}?action=query&list=search&srsearch=tide&srlimit=1&format=json`);
    const { search: results } = found.body['query'] as { search: Body[] };
    assert.deepEqual([results.length, results[0]?.['title']], [1, 'Tide']);
    const wrong: [string, string][] = [
      ['action=fly', 'badvalue'],
      ['action=query&list=birds', 'badvalue'],
      ['action=query&list=search', 'missingparam'],
      ['action=opensearch', 'missingparam'],
    ];
    for (const [query, code] of wrong) {
      const { status, body } = await ask(`${api}?${query}`);
      assert.deepEqual([status, (body['error'] as Body)['code']], [200, code], query);
    }
  });
});

test('the dictionary defines English words, and shrugs at everything else', async () => {
  await withUpstream(async (ask) => {
    const words = '/dictionary/api/v2/entries';
    const [entry] = (await ask(`${words}/en/Harbour`)).body as unknown as Body[];
    assert.equal(entry?.['word'], 'harbour');
    const [meaning] = (entry?.['meanings'] ?? []) as { partOfSpeech: string; definitions: Body[] }[];
    assert.match(meaning?.partOfSpeech ?? '', /^(noun|verb|adjective)$/);
    assert.equal(typeof meaning?.definitions[0]?.['definition'], 'string');
    for (const word of ['en/qqqq', 'en/no-such-word', 'en/123', 'de/hafen']) {
      const { status, body } = await ask(`${words}/${word}`);
      assert.deepEqual([status, body['title']], [404, 'No Definitions Found'], word);
    }
  });
});

test('exchange rates hold together, and an unknown currency is an unsupported code', async () => {
  await withUpstream(async (ask) => {
    const read = async (base: string) => (await ask(`/rates/v6/latest/${base}`)).body;
    const [euro, yen] = [await read('eur'), await read('JPY')];
    const [perEuro, perYen] = [
      euro['rates'] as Record<string, number>,
      yen['rates'] as Record<string, number>,
    ];
    assert.deepEqual([euro['result'], euro['base_code'], perEuro['EUR']], ['success', 'EUR', 1]);
    assert.ok(Math.abs((perEuro['JPY'] ?? 0) * (perYen['EUR'] ?? 0) - 1) < 1e-5);
    assert.ok((euro['time_next_update_unix'] as number) > Date.now() / 1_000);
    for (const base of ['XXX', 'constructor', 'EURO']) {
      const { status, body } = await ask(`/rates/v6/latest/${base}`);
      assert.deepEqual(
        [status, body['result'], body['error-type']],
        [404, 'error', 'unsupported-code'],
        base,
      );
    }
  });
});

const sameForSeed = [
  '/github/repos/mira-codes/tide',
  '/github/repos/mira-codes/tide/issues/1',
  '/dictionary/api/v2/entries/en/tide',
  '/rates/v6/latest/EUR',
  '/wikipedia/en/w/api.php?action=query&list=search&srsearch=tide',
  `${search}?name=berlin`,
];

test('bodies follow from the seed and the request', async () => {
  const one = await bodiesOf(1, sameForSeed);
  const again = await bodiesOf(1, sameForSeed);
  const other = await bodiesOf(2, sameForSeed);
  assert.deepEqual(one, again);
  for (const [index, path] of sameForSeed.entries()) assert.notEqual(one[index], other[index], path);
  const [tide, reef] = await bodiesOf(1, ['/github/repos/a/tide', '/github/repos/a/reef']);
  assert.notEqual(tide, reef);
});

async function bodiesOf(seed: number, paths: readonly string[]): Promise<readonly string[]> {
  const bodies: string[] = [];
  await withUpstream(async (ask) => {
    for (const path of paths) bodies.push(JSON.stringify((await ask(path)).body));
  }, seed);
  return bodies;
}
