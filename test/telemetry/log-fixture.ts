import { createLogger } from '../../src/telemetry/log.ts';

const log = createLogger({ process: 'fixture', level: 'info', pretty: false, secrets: ['canary-password'] });
log.debug('below the level');
log.info({ nested: { password: 'canary-password' } }, 'hello');
const cause = new Error('the inner reason: postgres://app:canary@db/shoal');
const hung = { requestBody: 'canary', detail: 'Failing row contains (canary)', status: 500 };
log.error({ err: Object.assign(new Error('canary-password was wrong', { cause }), hung) }, 'it failed');
for (let n = 1; n <= 1_000; n++) log.child({ n }).warn({ reason: 'the same' }, 'a storm');
for (let n = 1; n <= 20; n++) log.info('told each time');
