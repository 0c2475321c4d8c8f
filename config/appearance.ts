/** Embed colour where a guild has chosen none: Shoal's teal, readable on Discord's dark and light themes. */
export const DEFAULT_ACCENT_COLOR = 0x2a9d8f;

/** Embed colour of refusals and failures; the words say it too, colour alone never does. */
export const PROBLEM_COLOR = 0xc0392b;
