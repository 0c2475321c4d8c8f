import { html } from 'htm/preact';
import { becomeMember } from '../core/places.js';
import { useStore } from '../core/store.js';
import { Avatar } from '../messages/avatar.js';

/** Who the visitor plays: a member of the open server, each with their standing. */
export function WhoYouAre() {
  const guild = useStore((state) => state.guild);
  const userId = useStore((state) => state.userId);
  const me = guild?.members.find(({ id }) => id === userId);
  return html`<section class="you" aria-label="Who you are">
    <${Avatar} id=${userId} name=${me?.username ?? '?'} size="small" />
    <label
      >You are
      <select
        value=${userId}
        onChange=${(/** @type {Event & { currentTarget: HTMLSelectElement }} */ event) => becomeMember(event.currentTarget.value)}
      >
        ${guild?.members.map(({ id, username, kind }) => html`<option key=${id} value=${id} selected=${id === userId}>${username} · ${kind}</option>`)}
      </select>
    </label>
  </section>`;
}
