import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { defineComponent } from '../component.ts';
import type { ComponentContext, ReplyBody } from '../context.ts';
import type { CustomId } from '../custom-id.ts';
import { Together } from '../together.ts';
import { Turns } from '../turns.ts';
import { answerTooLate, closeAgain } from './late-vote.ts';
import { namesOf, speechOf, type Poll, type Tally } from './poll-row.ts';
import { pressed, selected } from './rules/choice.ts';
import { pollEmbed } from './view.ts';
import { showVotes } from './voters.ts';
import { castVotes, type Vote, type Voted, type VoteResult } from './votes.ts';
import { pollWords } from './words.ts';

/** So many answers are buttons, in one row; more are a select. */
const buttonsMax = 5;

const turns = new Turns();
const together = new Together<Vote, VoteResult>();
const traits = { version: 1, answers: 'update', ephemeral: true, mutates: true } as const;

const press = defineComponent({
  ...traits,
  name: 'poll.press',
  data: z.object({ poll: z.string(), answer: z.coerce.number() }),
  run: (context) =>
    vote(context, context.data.poll, (before, { multiple }) =>
      pressed(before, context.data.answer, multiple),
    ),
});

const choose = defineComponent({
  ...traits,
  name: 'poll.choose',
  data: z.object({ poll: z.string() }),
  run: (context) =>
    vote(context, context.data.poll, (_, { answers, multiple }) =>
      selected(context.values, answers.length, multiple),
    ),
});

const withdraw = defineComponent({
  ...traits,
  name: 'poll.withdraw',
  data: z.object({ poll: z.string() }),
  run: (context) => vote(context, context.data.poll, () => []),
});

export const voteComponents = [press, choose, withdraw];

/** The message of a poll that is open, with what members vote by. */
export function openPoll(poll: Poll, tally: Tally, customId: CustomId): ReplyBody {
  return { embeds: [pollEmbed(poll, tally)], components: controls(poll, customId) };
}

/** The answer to the vote is the message with the new counts, so that no further call is made for them. */
async function vote(context: ComponentContext, pollId: string, change: Vote['change']): Promise<void> {
  const { interaction, db, user, customId, update, reply } = context;
  const cast = {
    pollId,
    userId: user.id,
    decision: interaction.id,
    messageId: interaction.message.id,
    change,
  };
  const voted = await together.add(pollId, cast, (votes) =>
    db.transaction('polls.vote', (tx) => castVotes(tx, votes)),
  );
  if (voted === 'closed') return answerTooLate(context, pollId);
  const { poll, tally } = voted;
  const shown = await turns.take(poll.id, Number(poll.revision), async () => {
    await update(openPoll(poll, tally, customId));
    await closeAgain(context, poll.id);
  });
  if (!shown) await reply(confirmation(context, voted));
}

/** For a vote whose counts another one has shown already. */
function confirmation({ say }: Pick<ComponentContext, 'say'>, { poll, choices }: Voted): string {
  const words = say(pollWords);
  return choices.length === 0 ? words('withdrawn') : words('counted', { answers: namesOf(poll, choices) });
}

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

function controls(poll: Poll, customId: CustomId): Row[] {
  const say = pollWords.in(speechOf(poll));
  const { id, answers, anonymous } = poll;
  const choice: APIComponentInMessageActionRow[] =
    answers.length <= buttonsMax
      ? answers.map((answer, position) =>
          button(answer, customId(press, { poll: id, answer: position }), ButtonStyle.Primary),
        )
      : [
          {
            type: ComponentType.StringSelect,
            custom_id: customId(choose, { poll: id }),
            placeholder: say('choose'),
            max_values: poll.multiple ? answers.length : 1,
            options: answers.map((label, position) => ({ label, value: String(position) })),
          },
        ];
  const own = [
    button(say(anonymous ? 'myVote' : 'whoVoted'), customId(showVotes, { poll: id }), ButtonStyle.Secondary),
    button(say('withdraw'), customId(withdraw, { poll: id }), ButtonStyle.Secondary),
  ];
  return [choice, own].map((components) => ({ type: ComponentType.ActionRow, components }));
}

function button(label: string, custom_id: string, style: ButtonStyle.Primary | ButtonStyle.Secondary) {
  return { type: ComponentType.Button, style, label, custom_id } as const;
}
