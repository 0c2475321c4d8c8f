/** A shard process says this often that its event loop runs. */
export const BEAT_MS = 1_000;

/** Silence after which a shard counts as hung: five beats. It is shown at once, and comes back by itself when a beat comes. */
export const HUNG_SHOWN_MS = 5_000;

/** Silence after which a hung process is killed and replaced. With a tick and the kill below the 15 s in which it must be found. */
export const HUNG_KILL_MS = 11_000;

/** Before the first beat, for Node and the imports: 0.8 s on an idle machine, many times that while a whole host starts. */
export const FIRST_BEAT_MS = 45_000;

/** An open gateway connection is asked for a sign of life this often; far below the 120 sends that Discord takes in 60 s (topics/gateway, "Rate Limiting"). */
export const GATEWAY_PROBE_MS = 4_000;

/** Probes in a row that bring nothing, after which a connection is deaf: 8 to 12 s after the last thing that it brought. */
export const GATEWAY_DEAF_PROBES = 2;

/** How often the manager looks. What passes between two looks counts as silence only up to twice this, so that its own pauses are nobody else's. */
export const LIVENESS_TICK_MS = 500;
