import type { API } from '@discordjs/core';
import {
  ApplicationCommandOptionType as Option,
  ApplicationCommandType,
  ButtonStyle,
  ComponentType,
  InteractionType,
  MessageFlags,
  TextInputStyle,
  type APIAttachment,
  type APIInteraction,
  type APIApplicationCommandInteraction,
  type APIMessageComponentInteraction,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';

/** What a visitor of the playground can meet: every kind of option, of component and of answer. */
export const commands: RESTPutAPIApplicationCommandsJSONBody = [
  { name: 'ping', description: 'Says how fast it is' },
  {
    name: 'roll',
    description: 'Rolls a die',
    options: [
      {
        type: Option.Integer,
        name: 'sides',
        description: 'How many',
        required: true,
        min_value: 2,
        max_value: 100,
      },
      { type: Option.User, name: 'for', description: 'Who rolls' },
      { type: Option.Boolean, name: 'loud', description: 'With a bang' },
    ],
  },
  {
    name: 'fruit',
    description: 'Finds a fruit',
    options: [
      { type: Option.String, name: 'name', description: 'Its name', required: true, autocomplete: true },
    ],
  },
  { name: 'menu', description: 'Buttons and a select menu' },
  { name: 'pretty', description: 'Components V2' },
  { name: 'secret', description: 'Only you see the answer' },
  { name: 'form', description: 'Asks for your name' },
  { name: 'slow', description: 'Thinks until it is let go' },
  { name: 'lost', description: 'Never answers' },
  {
    name: 'settings',
    description: 'Settings',
    options: [
      { type: Option.Subcommand, name: 'view', description: 'Shows them' },
      {
        type: Option.Subcommand,
        name: 'set',
        description: 'Changes them',
        options: [
          {
            type: Option.String,
            name: 'colour',
            description: 'Which',
            required: true,
            choices: [
              { name: 'Coral red', value: 'red' },
              { name: 'Sea blue', value: 'blue' },
            ],
          },
        ],
      },
    ],
  },
  {
    name: 'share',
    description: 'Shows a file in a gallery',
    options: [{ type: Option.Attachment, name: 'file', description: 'Which', required: true }],
  },
  { name: 'upload', description: 'Asks for files' },
  { name: 'staff', description: 'For moderators', default_member_permissions: '32' },
  { name: 'Greet', type: ApplicationCommandType.User },
  { name: 'Quote', type: ApplicationCommandType.Message },
];

const fruits = ['Apple', 'Apricot', 'Banana', 'Cherry'];

export async function onInteraction(interaction: APIInteraction, api: API): Promise<unknown> {
  const { id, token } = interaction;
  if (interaction.type === InteractionType.ApplicationCommandAutocomplete) {
    const typed = JSON.stringify(interaction.data).match(/"value":"([^"]*)"/)?.[1] ?? '';
    const found = fruits.filter((fruit) => fruit.toLowerCase().startsWith(typed.toLowerCase()));
    const choices = found.map((name) => ({ name, value: name }));
    return api.interactions.createAutocompleteResponse(id, token, { choices });
  }
  if (interaction.type === InteractionType.ModalSubmit && interaction.data.custom_id === 'upload') {
    const files = Object.values(interaction.data.resolved?.attachments ?? {});
    const content = `Got ${files.map(({ filename, size }) => `${filename} of ${size}`).join(', ')}`;
    return api.interactions.reply(id, token, { content });
  }
  if (interaction.type === InteractionType.ModalSubmit) {
    const name = JSON.stringify(interaction.data).match(/"value":"([^"]*)"/)?.[1] ?? '';
    return api.interactions.reply(id, token, { content: `Welcome, **${name}**` });
  }
  if (interaction.type === InteractionType.MessageComponent) return onComponent(interaction, api);
  return interaction.type === InteractionType.ApplicationCommand ? onCommand(interaction, api) : undefined;
}

async function onComponent({ id, token, data }: APIMessageComponentInteraction, api: API): Promise<unknown> {
  if (data.custom_id === 'join') {
    return api.interactions.reply(id, token, {
      content: 'You joined',
      flags: MessageFlags.Ephemeral,
    });
  }
  const chosen = 'values' in data ? data.values.join(', ') : data.custom_id;
  return api.interactions.updateMessage(id, token, { content: `You chose ${chosen}` });
}

async function onCommand(interaction: APIApplicationCommandInteraction, api: API): Promise<unknown> {
  const { id, token, data } = interaction;
  const { interactions } = api;
  switch (data.name) {
    case 'ping':
      return interactions.reply(id, token, { embeds: [pong] });
    case 'menu':
      return interactions.reply(id, token, menu);
    case 'pretty':
      return interactions.reply(id, token, pretty);
    case 'secret':
      return interactions.reply(id, token, {
        content: 'A secret',
        flags: MessageFlags.Ephemeral,
      });
    case 'form':
      return interactions.createModal(id, token, form);
    case 'upload':
      return interactions.createModal(id, token, uploadForm);
    case 'share': {
      const resolved = data.type === ApplicationCommandType.ChatInput ? data.resolved : undefined;
      const files = Object.values(resolved?.attachments ?? {});
      return interactions.reply(id, token, gallery(files));
    }
    case 'slow':
      return interactions.defer(id, token);
    case 'lost':
      return undefined;
    default:
      return interactions.reply(id, token, { content: `${data.name} ${JSON.stringify(data)}` });
  }
}

const pong = {
  title: 'Pong!',
  color: 0x2f_9e_8f,
  description: 'All **well**',
  fields: [
    { name: 'Gateway', value: '41 ms', inline: true },
    { name: 'REST', value: '3 ms', inline: true },
  ],
  image: { url: 'https://example.com/elsewhere.png' },
  footer: { text: 'a footer' },
};

const menu = {
  content: 'Choose',
  components: [
    {
      type: ComponentType.ActionRow as const,
      components: [
        {
          type: ComponentType.Button as const,
          style: ButtonStyle.Primary as const,
          label: 'Go',
          custom_id: 'go',
        },
        {
          type: ComponentType.Button as const,
          style: ButtonStyle.Danger as const,
          label: 'No',
          custom_id: 'no',
          disabled: true,
        },
        {
          type: ComponentType.Button as const,
          style: ButtonStyle.Link as const,
          label: 'Docs',
          url: 'https://example.com/',
        },
      ],
    },
    {
      type: ComponentType.ActionRow as const,
      components: [
        {
          type: ComponentType.StringSelect as const,
          custom_id: 'colour',
          placeholder: 'Pick colours',
          min_values: 1,
          max_values: 2,
          options: ['Red', 'Green', 'Blue'].map((label) => ({ label, value: label.toLowerCase() })),
        },
      ],
    },
    {
      type: ComponentType.ActionRow as const,
      components: [
        { type: ComponentType.UserSelect as const, custom_id: 'who', placeholder: 'Pick somebody' },
      ],
    },
  ],
};

const pretty = {
  flags: MessageFlags.IsComponentsV2 as const,
  components: [
    {
      type: ComponentType.Container as const,
      accent_color: 0xe7_6f_51,
      components: [
        {
          type: ComponentType.Section as const,
          components: [{ type: ComponentType.TextDisplay as const, content: '# Tonight\nLadder evening' }],
          accessory: {
            type: ComponentType.Button as const,
            style: ButtonStyle.Success as const,
            label: 'Join',
            custom_id: 'join',
          },
        },
        { type: ComponentType.Separator as const, divider: true },
        { type: ComponentType.TextDisplay as const, content: '-# until midnight' },
      ],
    },
  ],
};

function gallery(files: readonly APIAttachment[]) {
  return {
    flags: MessageFlags.IsComponentsV2 as const,
    components: [
      {
        type: ComponentType.MediaGallery as const,
        items: files.map(({ url, filename }) => ({ media: { url }, description: `Shared: ${filename}` })),
      },
    ],
  };
}

const uploadForm = {
  custom_id: 'upload',
  title: 'Your files',
  components: [
    {
      type: ComponentType.Label as const,
      label: 'Files',
      component: {
        type: ComponentType.FileUpload as const,
        custom_id: 'files',
        min_values: 1,
        max_values: 2,
        required: true,
      },
    },
  ],
};

const form = {
  custom_id: 'form',
  title: 'Who are you?',
  components: [
    {
      type: ComponentType.Label as const,
      label: 'Your name',
      component: {
        type: ComponentType.TextInput as const,
        custom_id: 'name',
        style: TextInputStyle.Short,
        max_length: 20,
      },
    },
  ],
};
