import { defineComponent } from '../component.ts';
import { askingSubcommand, confirming, ofGiveaway } from './confirm.ts';
import { staffWords } from './staff-words.ts';
import { cancelOpen } from './store.ts';

export const confirmCancel = defineComponent({
  ...confirming,
  name: 'giveaway.cancel',
  mutates: true,
  data: ofGiveaway,
  async run({ db, data, say, update }) {
    const cancelled = await db.transaction('giveaways.cancel', (tx) => cancelOpen(tx, data.giveaway));
    await update({ content: say(staffWords)(cancelled ? 'cancelDone' : 'cancelLate'), components: [] });
  },
});

export const cancel = askingSubcommand('Cancel a giveaway without a draw', confirmCancel, {
  ask: 'cancelAsk',
  yes: 'cancelYes',
});
