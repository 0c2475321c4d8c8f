import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jobsConfig } from '../../src/config/config.ts';

const complete = {
  DISCORD_TOKEN: 'fake.token.here',
  POSTGRES_URL: 'postgres://app@127.0.0.1:6432/shoal',
  REDIS_URL: 'redis://127.0.0.1:6379',
};
const endpoint = 'https://me:canary-of-a-login@collector.example:4318/otlp/';

function ratio(sampler: string, arg = '0.25') {
  return jobsConfig({
    ...complete,
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_TRACES_SAMPLER: sampler,
    OTEL_TRACES_SAMPLER_ARG: arg,
  }).tracing?.ratio;
}

describe('where traces go', () => {
  test('nowhere, below a base, or to an address as it is', () => {
    assert.equal(jobsConfig({ ...complete, OTEL_EXPORTER_OTLP_HEADERS: 'a=b' }).tracing, undefined);
    const based = { ...complete, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint };
    assert.deepEqual(jobsConfig(based).tracing, { url: `${endpoint}v1/traces`, headers: {}, ratio: 1 });
    const exact = { ...based, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1/x?y=z' };
    assert.equal(jobsConfig(exact).tracing?.url, 'http://127.0.0.1/x?y=z');
  });

  test('headers are read, and what is in them and in the address is hidden', () => {
    const { tracing, log } = jobsConfig({
      ...complete,
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=canary%3Dkey, authorization=Basic%20Y2FuYXJ5==',
    });
    assert.deepEqual(tracing?.headers, { 'api-key': 'canary=key', authorization: 'Basic Y2FuYXJ5==' });
    for (const secret of ['canary=key', 'Basic Y2FuYXJ5==', 'canary-of-a-login'])
      assert.ok(log.secrets.includes(secret), secret);
    for (const wrong of ['canary', 'a=canary%', 'a b=canary', 'a=canary%0Ab'])
      assert.throws(
        () => jobsConfig({ ...complete, OTEL_EXPORTER_OTLP_HEADERS: wrong }),
        ({ message }: Error) => /HEADERS must be a list/.test(message) && !message.includes('canary'),
      );
  });

  test('headers for traces alone win, however their names are written, and are hidden too', () => {
    const { tracing, log } = jobsConfig({
      ...complete,
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_HEADERS: 'Api-Key=general, x-team=blue',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'api-key=canary-of-traces',
    });
    assert.deepEqual(tracing?.headers, { 'api-key': 'canary-of-traces', 'x-team': 'blue' });
    assert.ok(log.secrets.includes('canary-of-traces'));
  });

  test('how many are kept', () => {
    assert.equal(ratio('parentbased_always_on'), 1);
    assert.equal(ratio('parentbased_always_off'), 0);
    assert.equal(ratio('parentbased_traceidratio'), 0.25);
    assert.throws(() => ratio('traceidratio'), /OTEL_TRACES_SAMPLER must be a parentbased_ sampler/);
    assert.throws(() => ratio('parentbased_traceidratio', '1.5'), /must be a number from 0 to 1/);
  });
});
