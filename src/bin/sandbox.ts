import './require-node.js';
import { aborted } from '../lib/aborted.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { readFlags, wholeNumberFlag } from '../lib/flags.ts';
import { runMain } from '../lib/run-main.ts';
import { startSandbox } from '../sandbox/sandbox.ts';

await runMain('sandbox', async (stop) => {
  const flags = readFlags(process.argv.slice(2), {
    port: { type: 'string', default: '0' },
    guilds: { type: 'string', default: '8' },
    shards: { type: 'string', default: '1' },
    'max-concurrency': { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    // Seconds that a session without a socket waits for a RESUME; Discord: "a few minutes".
    'session-lifetime': { type: 'string', default: '180' },
    // Seconds that a bot has for its first answer, as Discord gives them.
    'first-answer': { type: 'string', default: '3' },
    'intents-strict': { type: 'boolean', default: false },
    'redirect-uri': { type: 'string', multiple: true, default: [] },
    // A name or a path; see sandbox/scenarios.
    scenario: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const sandbox = await startSandbox({
    port: wholeNumberFlag('port', flags.port, 0, 65_535),
    guilds: wholeNumberFlag('guilds', flags.guilds, 1, 50_000),
    shards: wholeNumberFlag('shards', flags.shards, 1, 10_000),
    maxConcurrency: wholeNumberFlag('max-concurrency', flags['max-concurrency'], 1, 1_000),
    seed: wholeNumberFlag('seed', flags.seed, 0, 999_999_999),
    intentsStrict: flags['intents-strict'],
    redirectUris: flags['redirect-uri'],
    scenario: flags.scenario,
    timing: {
      sessionLifetimeMs: wholeNumberFlag('session-lifetime', flags['session-lifetime'], 0, 86_400) * 1_000,
      firstAnswerMs: wholeNumberFlag('first-answer', flags['first-answer'], 1, 900) * 1_000,
    },
  });
  const { restUrl, gatewayUrl, controlUrl, pageUrl, authorizeUrl, upstreamUrl } = sandbox;
  const { token, applicationId, clientSecret } = sandbox;
  const urls = { restUrl, gatewayUrl, controlUrl, pageUrl, authorizeUrl, upstreamUrl };
  const line = flags.json
    ? JSON.stringify({ ...urls, token, applicationId, clientSecret })
    : `sandbox: REST ${restUrl}  gateway ${gatewayUrl}  control ${controlUrl}  page ${pageUrl}  token ${token}`;
  process.stdout.write(`${line}\n`);
  await aborted(stop);
  await sandbox.stop();
  return exitCodes.ok;
});
