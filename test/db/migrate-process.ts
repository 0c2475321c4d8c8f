// A process that migrates and says what it applied: argv folder, direct URL, app role.
import { migrate } from '../../src/db/migrate.ts';
import { silentLog } from '../helpers/silent-log.ts';

const [folder = '', directUrl = '', appRole = ''] = process.argv.slice(2);
const applied = await migrate({ folder, directUrl, appRole, log: silentLog });
process.stdout.write(JSON.stringify(applied));
