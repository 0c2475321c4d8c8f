import { defineSubcommand } from '../command.ts';
import { endOption, readEnd } from '../end-option.ts';
import { booleanOption, stringOption } from '../options.ts';
import { pollForm } from './form.ts';
import { answersTextMax, makePoll, questionMax } from './make.ts';

const defaultCloses = '1d';

export const create = defineSubcommand({
  description: 'Ask the members something; without answers I show you a form',
  // It may open the form, so it is never deferred; its one transaction ends within 1.5 s.
  modal: true,
  mutates: true,
  options: {
    question: stringOption({ description: 'What do you want to know?', maxLength: questionMax }),
    options: stringOption({
      description: 'The answers, like: Pizza | Pasta | Salad',
      maxLength: answersTextMax,
    }),
    closes: endOption({ description: 'When it closes, like 2h or 3d; after one day if you say nothing' }),
    anonymous: booleanOption({ description: 'Nobody can see who voted for what' }),
    multiple: booleanOption({ description: 'Members may choose several answers' }),
  },
  async run(context) {
    const {
      question,
      options: answers,
      closes = defaultCloses,
      anonymous = false,
      multiple = false,
    } = context.options;
    const closesAt = await readEnd(context, closes);
    if (question === undefined || answers === undefined)
      return context.showModal(pollForm(context, { question, answers, closesAt, anonymous, multiple }));
    await makePoll(context, { question, answers, closesAt, anonymous, multiple });
  },
});
