import { DEFAULT_ACCENT_COLOR } from '../../config/appearance.ts';
import type { Asker } from './context.ts';

/** The guild's embed colour. Decoration only: without settings at hand the bot's own colour will do, the answer counts. */
export async function accentColor(context: Asker): Promise<number> {
  if (context.guildId === undefined) return DEFAULT_ACCENT_COLOR;
  try {
    return (await context.settings.get()).accentColor ?? DEFAULT_ACCENT_COLOR;
  } catch (error) {
    context.log.warn({ err: error }, 'answering without the guild colour');
    return DEFAULT_ACCENT_COLOR;
  }
}
