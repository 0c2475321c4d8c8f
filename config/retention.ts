/** Months of command usage that have a partition before they begin: two may pass in which no jobs process runs. */
export const COMMAND_USAGE_AHEAD_MONTHS = 2;

/** A year to compare with, and the month that is not over. */
export const COMMAND_USAGE_KEPT_MONTHS = 13;
