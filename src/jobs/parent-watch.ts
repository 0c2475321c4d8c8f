import { Socket } from 'node:net';

/** The pipe beside the IPC channel says nothing, and closes when the parent is gone, however it went. */
const pipeFd = 4;

new Socket({ fd: pipeFd }).on('close', () => process.kill(process.pid, 'SIGKILL')).resume();
