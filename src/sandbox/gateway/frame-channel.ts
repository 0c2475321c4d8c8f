import { channel } from 'node:diagnostics_channel';

/** Whoever listens is told of every frame that a gateway of this process sends, as JSON, before it is compressed. */
export const frameChannel = channel('shoal:sandbox:gateway-frame');
