import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { migrateConfig } from '../../src/config/config.ts';
import { managerConfig } from '../../src/config/manager.ts';
import { secretNames } from '../../src/config/secret-files.ts';
import { Failure } from '../../src/lib/failure.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'shoal-secrets-'));
const token = 'ZmFrZQ.ZmFrZQ.canary-token-in-a-file';

function secretFile(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

const complete = {
  DISCORD_TOKEN_FILE: secretFile('token', `${token}\n`),
  POSTGRES_URL_FILE: secretFile('postgres', 'postgres://app:canary-of-a-file@127.0.0.1:6432/shoal\r\n'),
  REDIS_URL_FILE: secretFile('redis', 'redis://127.0.0.1:6379'),
};

function problem(changes: Readonly<Record<string, string | undefined>>): string {
  try {
    managerConfig({ ...complete, ...changes });
  } catch (error) {
    assert.ok(error instanceof Failure, String(error));
    assert.equal(error.exitCode, 78);
    assert.doesNotMatch(error.message, /canary/);
    return error.message;
  }
  return assert.fail('the configuration was accepted');
}

describe('secrets in files', () => {
  after(() => rmSync(folder, { recursive: true }));

  test('every secret variable has one, and no other variable', () => {
    assert.deepEqual([...secretNames].toSorted(), [
      'DISCORD_TOKEN',
      'GITHUB_TOKEN',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'OTEL_EXPORTER_OTLP_HEADERS',
      'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
      'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
      'POSTGRES_DIRECT_URL',
      'POSTGRES_URL',
      'READ_REPLICA_POSTGRES_URL',
      'REDIS_SENTINEL_PASSWORD',
      'REDIS_STATE_URL',
      'REDIS_URL',
    ]);
    assert.equal(managerConfig({ ...complete, METRICS_HOST_FILE: '/nowhere' }).metrics.host, '127.0.0.1');
  });

  test('the line end of the file is not part of the secret, and the log hides it', () => {
    const { discord, state, log } = managerConfig(complete);
    assert.equal(discord.token, token);
    assert.equal(state.url, 'redis://127.0.0.1:6379');
    assert.deepEqual([...new Set(log.secrets)].toSorted(), [token, 'canary-of-a-file']);
    const direct = secretFile('direct', 'postgres://owner:canary-of-the-owner@127.0.0.1:5432/shoal\n');
    assert.ok(
      managerConfig({ ...complete, POSTGRES_DIRECT_URL_FILE: direct }).log.secrets.includes(
        'canary-of-the-owner',
      ),
    );
    assert.equal(migrateConfig({ ...complete, POSTGRES_DIRECT_URL_FILE: direct }).appRole, 'app');
  });

  test('a variable and its file are one too many; an empty variable is none', () => {
    assert.match(
      problem({ DISCORD_TOKEN: 'a.b.c' }),
      /^DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set\. Unset one of them\.$/,
    );
    assert.equal(managerConfig({ ...complete, DISCORD_TOKEN: '' }).discord.token, token);
    assert.equal(
      managerConfig({ ...complete, REDIS_STATE_URL_FILE: '' }).state.url,
      'redis://127.0.0.1:6379',
    );
  });

  test('a file that is not there, cannot be read or holds no secret is named', () => {
    const missing = path.join(folder, 'missing');
    assert.match(
      problem({ REDIS_URL_FILE: missing }),
      /^REDIS_URL_FILE: ENOENT: .*missing.*\. Name a file that/,
    );
    assert.match(problem({ REDIS_URL_FILE: folder }), /^REDIS_URL_FILE: EISDIR: /);
    assert.match(
      problem({ REDIS_URL_FILE: secretFile('empty', ' \n') }),
      /^REDIS_URL_FILE: .*empty does not hold one line\. Write the secret/,
    );
    assert.match(problem({ REDIS_URL_FILE: secretFile('two', 'canary\ncanary') }), /does not hold one line/);
  });

  test('what is wrong with the content is said as ever', () => {
    const text = problem({
      DISCORD_TOKEN_FILE: secretFile('wrong', 'canary'),
      POSTGRES_URL_FILE: path.join(folder, 'missing'),
    });
    assert.match(text, /^2 variables are wrong:\n {2}DISCORD_TOKEN does not look like a bot token/);
    assert.match(text, /POSTGRES_URL_FILE: ENOENT/);
  });
});
