import { createLogger } from '../../src/telemetry/log.ts';

const log = createLogger({ process: 'fixture', level: 'info', pretty: false, secrets: ['canary-password'] });
log.debug('below the level');
log.info({ nested: { password: 'canary-password' } }, 'hello');
const cause = new Error('the inner reason: postgres://app:canary@db/shoal');
log.error({ err: new Error('canary-password was wrong', { cause }) }, 'it failed');
