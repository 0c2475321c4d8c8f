import { createLogger } from '../../src/telemetry/log.ts';

const log = createLogger({ process: 'fixture', level: 'info', pretty: false, secrets: ['canary-password'] });
log.debug('below the level');
log.info({ nested: { password: 'canary-password' } }, 'hello');
const cause = new Error('the inner reason: postgres://app:canary@db/shoal');
const hung = { requestBody: 'canary', detail: 'Failing row contains (canary)', status: 500 };
log.error({ err: Object.assign(new Error('canary-password was wrong', { cause }), hung) }, 'it failed');
for (let n = 1; n <= 1_000; n++) log.child({ n }).warn({ reason: 'the same' }, 'a storm');
for (let n = 1; n <= 20; n++) log.info('told each time');
for (let n = 1; n <= 20; n++) log.child({ command: 'one' }).error({ err: new Error('often') }, 'failed');
log.child({ command: 'two' }).error({ err: new Error('once') }, 'failed');
log.child({ command: 'one' }).error({ err: new RangeError('once') }, 'failed');
log.child({ command: 'one' }).error({ err: Object.assign(new Error('once'), { code: 'timeout' }) }, 'failed');
for (let n = 1; n <= 20; n++) log.warn({ query: 'one' }, 'slow');
log.warn({ query: 'two' }, 'slow');
