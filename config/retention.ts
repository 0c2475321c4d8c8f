/** Months of command usage that have a partition before they begin: two may pass in which no jobs process runs. */
export const COMMAND_USAGE_AHEAD_MONTHS = 2;

/** A year to compare with, and the month that is not over. */
export const COMMAND_USAGE_KEPT_MONTHS = 13;

/** Days of counted messages that have a partition before they begin: two weeks may pass in which no jobs process runs. */
export const COUNTED_MESSAGES_AHEAD_DAYS = 14;

/** After that a message that is handed over once more would count again, so it is not counted at all. */
export const COUNTED_MESSAGES_KEPT_DAYS = 2;

/** As those of the use of commands, beside which they are shown. */
export const GUILD_ACTIVITY_AHEAD_MONTHS = 2;
export const GUILD_ACTIVITY_KEPT_MONTHS = 13;

/** Of polls and giveaways after their end, with who took part: long enough to look a result up, or to draw again. */
export const POLLS_KEPT_DAYS = 90;
export const GIVEAWAYS_KEPT_DAYS = 90;
