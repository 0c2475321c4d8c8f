/** Months of command usage that have a partition before they begin: two may pass in which no shard runs. */
export const COMMAND_USAGE_AHEAD_MONTHS = 2;

/** A year to compare with, and the month that is not over. */
export const COMMAND_USAGE_KEPT_MONTHS = 13;

/** Of polls and giveaways after their end, with who took part: long enough to look a result up, or to draw again. */
export const POLLS_KEPT_DAYS = 90;
export const GIVEAWAYS_KEPT_DAYS = 90;
