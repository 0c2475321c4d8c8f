import { appendFileSync } from 'node:fs';
import { frameChannel } from '../../../src/sandbox/gateway/frame-channel.ts';

/** Preloaded into a sandbox that is a process of its own: writes each frame of its gateway as a line of a file. */
const { GATEWAY_FRAMES_FILE } = process.env;
if (!GATEWAY_FRAMES_FILE) throw new Error('GATEWAY_FRAMES_FILE must name the file to write frames to');
frameChannel.subscribe((frame) => appendFileSync(GATEWAY_FRAMES_FILE, `${String(frame)}\n`));
