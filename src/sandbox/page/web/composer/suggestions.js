import { html } from 'htm/preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { refreshCommands } from '../core/places.js';
import { telling } from '../core/notice.js';
import { useStore } from '../core/store.js';
import { entriesOf, matchingEntries } from './command-entries.js';
import { findMentions, mentionAt } from './mention-entries.js';

/** @import { ComponentChildren } from 'preact' */
/** @import { Entry } from './command-entries.js' */
/** @import { Mentionable } from './mention-entries.js' */

/**
 * What is offered for what is typed. `name` is empty where nothing is.
 * @typedef {{ name: string, head: string, items: readonly { key: string, body: ComponentChildren, entry?: Entry, mention?: Mentionable }[] }} Suggestions
 */

/** Commands after a leading slash; members, roles and channels after `@` and `#`. @param {string} text @param {number} caret @returns {Suggestions} */
export function useSuggestions(text, caret) {
  const commands = useStore((state) => state.commands);
  const entries = useMemo(() => entriesOf(commands), [commands]);
  const isCommand = text.startsWith('/');
  const typed = isCommand ? undefined : mentionAt(text, caret);
  const mentions = useMentions(typed);
  useEffect(() => void (isCommand && telling(refreshCommands)), [isCommand]);
  if (isCommand) return commandSuggestions(matchingEntries(entries, text.slice(1)), text);
  if (typed === undefined || mentions.length === 0) return { name: '', head: '', items: [] };
  const name = typed.startsWith('#') ? 'Channels' : 'Members and roles';
  const items = mentions.map((mention) => ({ key: mention.markup, mention, body: mentionBody(mention) }));
  return { name, head: name, items };
}

/** @param {readonly Entry[]} found @param {string} text @returns {Suggestions} */
function commandSuggestions(found, text) {
  const head = found.length === 0 ? `No command matches ${text}` : 'Commands';
  return {
    name: 'Commands',
    head,
    items: found.map((entry) => ({ key: entry.words, entry, body: commandBody(entry) })),
  };
}

/** @param {Entry} entry */
function commandBody({ words, description, options }) {
  const required = options.filter((option) => option.required);
  return html`<span
    ><strong>/${words}</strong>
    ${required.map(({ name }) => html`<span key=${name} class="chip">${name}</span>`)}<small
      >${description}</small
    ></span
  >`;
}

/** @param {Mentionable} mention */
function mentionBody({ text, detail }) {
  return html`<span><strong>${text}</strong> <span class="muted">${detail}</span></span>`;
}

/** @param {string | undefined} typed */
function useMentions(typed) {
  const [found, setFound] = useState(/** @type {readonly Mentionable[]} */ ([]));
  useEffect(() => {
    let isCurrent = true;
    if (typed === undefined) setFound([]);
    else void telling(() => findMentions(typed)).then((all) => isCurrent && setFound(all ?? []));
    return () => void (isCurrent = false);
  }, [typed]);
  return found;
}
