import { html } from 'htm/preact';
import { Combobox } from '../composer/combobox.js';
import { findMembers } from '../core/interactions.js';
import { becomeMember } from '../core/places.js';
import { useStore } from '../core/store.js';
import { Avatar } from '../messages/avatar.js';

/** Who the visitor plays: any member of the open server, found by name. */
export function WhoYouAre() {
  const guild = useStore((state) => state.guild);
  const me = useStore((state) => state.me);
  return html`<section class="you" aria-label="Who you are">
    <${Avatar} id=${me?.id ?? ''} name=${me?.displayName ?? '?'} size="small" />
    <div class="you-who">
      <label for="who-you-are">You are</label>
      <${Combobox}
        key=${guild?.id}
        id="who-you-are"
        hint="who-hint"
        name="You are"
        isWrong=${false}
        isRequired=${true}
        waits=${false}
        initial=${me?.displayName ?? ''}
        find=${findPlayable}
        onText=${() => undefined}
        onPick=${(/** @type {{ pick: () => unknown }} */ { pick }) => pick()}
      />
      <small id="who-hint">${me?.kind ?? ''}, one of ${guild?.memberCount ?? 0}</small>
    </div>
  </section>`;
}

/** @param {string} query */
async function findPlayable(query) {
  const members = (await findMembers(query)).filter(({ kind }) => kind !== 'bot');
  return members.map((member) => ({
    label: member.displayName,
    value: member.id,
    description: `${member.username} · ${member.kind}`,
    pick: () => becomeMember(member),
  }));
}
