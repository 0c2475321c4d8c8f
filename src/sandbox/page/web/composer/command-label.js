/** @import { Entry, OptionDefinition } from './command-entries.js' */
/** @import { Given } from './command-form.js' */

/** `/settings set time_zone:Europe/Berlin` @param {Entry} entry @param {readonly OptionDefinition[]} shown @param {Readonly<Record<string, Given>>} given */
export function labelOf(entry, shown, given) {
  const texts = shown.flatMap(({ name }) =>
    given[name]?.value === undefined ? [] : [`${name}:${given[name].text}`],
  );
  return [`/${entry.words}`, ...texts].join(' ');
}
