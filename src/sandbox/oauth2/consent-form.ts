import { html } from 'hono/html';
import type { Markup } from './page.ts';
import type { Person } from './people.ts';
import { scopeTexts, type Scope } from './scopes.ts';

export type ConsentView = {
  readonly application: string;
  readonly scopes: readonly Scope[];
  readonly people: readonly Person[];
  /** Who logged in last in this browser. */
  readonly lastUserId: string | undefined;
  /** The page's own query, which says what is agreed to. */
  readonly search: string;
  /** The query of the page with the people of further guilds, where there are any. */
  readonly moreSearch: string | undefined;
};

/** Asks who one is, and whether the application may have what it asks for. */
export function consentForm({
  application,
  scopes,
  people,
  lastUserId,
  search,
  moreSearch,
}: ConsentView): Markup {
  const chosen = people.some(({ user }) => user.id === lastUserId) ? lastUserId : people[0]?.user.id;
  return html`<p>${application} would like to:</p>
    <ul>
      ${scopes.map((scope) => html`<li>${scopeTexts[scope]} <small>(${scope})</small></li>`)}
    </ul>
    <form method="post" action="${search}">
      <fieldset>
        <legend>Who are you?</legend>
        ${people.map((person) => personChoice(person, person.user.id === chosen))}
      </fieldset>
      ${moreSearch === undefined ? '' : html`<p><a href="${moreSearch}">People of other servers</a></p>`}
      <p>
        <button name="decision" value="authorize">Authorize</button>
        <button name="decision" value="cancel" class="quiet">Cancel</button>
      </p>
    </form>`;
}

function personChoice({ user, places }: Person, checked: boolean): Markup {
  const standing = places.map(({ guild, member }) => `${member.kind} of ${guild.name}`).join(', ');
  return html`<label>
    <input type="radio" name="user_id" value="${user.id}" ${checked ? 'checked' : ''} required />
    <span>${user.global_name ?? user.username} <small>${user.username}: ${standing}</small></span>
  </label>`;
}
