import { createLogger } from '../../src/telemetry/log.ts';

export const silentLog = createLogger({ process: 'test', level: 'silent', pretty: false, secrets: [] });
