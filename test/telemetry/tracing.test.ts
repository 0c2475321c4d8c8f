import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { inSpan, inTrace, noteInSpan, startTracing, traceparent } from '../../src/telemetry/tracing.ts';
import { eventually } from '../helpers/eventually.ts';
import { metricValue } from '../helpers/metric-value.ts';
import { root } from '../helpers/processes.ts';
import { recordingLog } from '../helpers/recording-log.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { paths, SpanCollector } from '../helpers/span-collector.ts';

const traced = { process: 'test', version: '0' };
const work = (name: string) => () => ({ name, kind: 'internal', attributes: {} }) as const;
const fromHere = () => ({});
const dropped = () => metricValue('shoal_traces_dropped_total', {});

describe('traces', () => {
  let collector: SpanCollector;
  before(async () => {
    collector = await SpanCollector.start();
  });
  after(() => collector[Symbol.asyncDispose]());

  const options = (more: object = {}) => ({
    url: `${collector.url}/v1/traces`,
    headers: { 'api-key': 'fake-key-of-a-collector' },
    ratio: 1,
    ...more,
  });

  test('off: nothing of OpenTelemetry is loaded, and work is only run', async () => {
    const script = `
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({ resolve(name, context, next) { loaded.push(name); return next(name, context); } });
      const { startTracing, inTrace, inSpan, traceparent } = await import('./src/telemetry/tracing.ts');
      await using tracing = await startTracing(undefined, {}, {});
      const never = () => { throw new Error('described'); };
      const result = await inTrace(never, never, () => inSpan(never, async () => traceparent() ?? 'nothing'));
      console.log(result, loaded.filter((name) => name.includes('opentelemetry') || name.includes('otel')).length);`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', script],
      { cwd: root },
    );
    assert.equal(stdout, 'nothing 0\n');
  });

  test('spans are sent with their parents, notes and failures, and the key', async () => {
    // Not one of our variables: the SDK must not read it behind the configuration's back.
    const variable = 'OTEL_EXPORTER_OTLP_TRACES_COMPRESSION';
    process.env[variable] = 'gzip';
    const tracing = await startTracing(options(), traced, silentLog).finally(
      () => delete process.env[variable],
    );
    const failing = inTrace(work('first'), fromHere, async () => {
      await inSpan(work('second'), async () => noteInSpan(() => ({ name: 'named', attributes: { n: 7 } })));
      await inSpan(work('third'), () => Promise.reject(new RangeError('a member wrote this')));
    });
    await assert.rejects(failing, RangeError);
    await inSpan(work('of no trace'), async () => {});
    await tracing[Symbol.asyncDispose]();
    assert.deepEqual(paths(collector.spans).toSorted(), ['first', 'first ▸ named', 'first ▸ third']);
    const [named, third] = ['named', 'third'].map((name) =>
      collector.spans.find((span) => span.name === name),
    );
    assert.deepEqual(named?.attributes, { n: 7 });
    assert.deepEqual([third?.failed, third?.attributes], [true, { 'error.type': 'RangeError' }]);
    assert.doesNotMatch(collector.text, /a member wrote/);
    assert.deepEqual(
      collector.requests.map(({ url, headers }) => [url, headers['api-key'], headers['content-encoding']]),
      [['/v1/traces', 'fake-key-of-a-collector', undefined]],
    );
  });

  test('what continues a trace goes by its decision, what begins one by the ratio; timers that it leaves behind do not', async () => {
    const tracing = await startTracing(options({ ratio: 0 }), traced, silentLog);
    const [begun, parent] = [collector.spans.length, `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`];
    const unsampled = await inTrace(work('unseen'), fromHere, async () => traceparent());
    assert.match(unsampled ?? '', /^00-[\da-f]{32}-[\da-f]{16}-00$/);
    await inTrace(
      work('unseen too'),
      () => ({ parent: unsampled }),
      async () => {},
    );
    await inTrace(
      work('odd'),
      () => ({ parent: 'not a traceparent' }),
      async () => {},
    );
    const leftBehind = Promise.withResolvers<string | undefined>();
    await inTrace(
      work('seen'),
      () => ({ parent }),
      async () => {
        assert.match(traceparent() ?? '', new RegExp(`^00-${'ab'.repeat(16)}-[\\da-f]{16}-01$`));
        void delay(1).then(() => inSpan(work('late'), async () => leftBehind.resolve(traceparent())));
      },
    );
    assert.equal(await leftBehind.promise, undefined);
    await tracing[Symbol.asyncDispose]();
    assert.deepEqual(
      collector.spans.slice(begun).map(({ name, parentId }) => [name, parentId]),
      [['seen', 'cd'.repeat(8)]],
    );
  });

  test('a collector that fails costs spans, one line a minute, and no time', async () => {
    collector.status = 400;
    const { log, lines } = recordingLog();
    const tracing = await startTracing(options({ url: `${collector.url}/secret-path` }), traced, log);
    await inTrace(work('lost'), fromHere, async () => {});
    await eventually('the first is dropped', async () => (await dropped()) === 1);
    const many = Array.from({ length: 2_100 }, () => inTrace(work('too many'), fromHere, async () => {}));
    await Promise.all(many);
    await eventually('the others are dropped', async () => (await dropped()) === 2_101);
    await tracing[Symbol.asyncDispose]();
    const said = lines().filter(({ msg }) => msg === 'spans are not delivered');
    assert.deepEqual(
      said.map(({ level, spans, collector: name }) => [level, spans, name]),
      [['warn', 1, new URL(collector.url).host]],
    );
    assert.doesNotMatch(JSON.stringify(lines()), /secret-path|fake-key/);
    collector.status = 200;
  });

  test('one that is not there does not hold up the end', async () => {
    const nobody = new URL(collector.url);
    nobody.port = '1';
    const tracing = await startTracing(options({ url: nobody.href }), traced, silentLog);
    await inTrace(work('lost'), fromHere, async () => {});
    const startedMs = performance.now();
    await tracing[Symbol.asyncDispose]();
    assert.ok(performance.now() - startedMs < 3_000, 'it is not waited for');
  });
});
