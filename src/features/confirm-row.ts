import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIButtonComponent,
} from 'discord-api-types/v10';

interface Button {
  readonly label: string;
  readonly custom_id: string;
}

/** Under a question: the button that does it, and the one that does not. */
export function confirmRow(yes: Button, no: Button): APIActionRowComponent<APIButtonComponent> {
  return {
    type: ComponentType.ActionRow,
    components: [
      { type: ComponentType.Button, style: ButtonStyle.Danger, ...yes },
      { type: ComponentType.Button, style: ButtonStyle.Secondary, ...no },
    ],
  };
}
