/**
 * How Node starts a shard process. V8's youngest generation may grow to three times 16 MB; the burst of a shard's start (2,500 guilds) makes
 * it do so, and it is never given back. Measured (`npm run bench:memory`): 70 MB less of 206 with 1 MB.
 */
export const SHARD_NODE_FLAGS: readonly string[] = ['--max-semi-space-size=1'];
