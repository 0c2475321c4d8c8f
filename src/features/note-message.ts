import type { CommandContext, ModalContext } from './context.ts';

/**
 * Keeps which message the answer to the command is. Never rejects: the first press of its buttons tells that, too, and so does the
 * channel when it ends, so that it is no reason to say that anything failed.
 */
export async function noteMessage(
  { api, interaction, log }: CommandContext | ModalContext,
  keep: (messageId: string) => Promise<void>,
): Promise<void> {
  try {
    const { id } = await api.interactions.getOriginalReply(interaction.application_id, interaction.token);
    await keep(id);
  } catch (error) {
    log.warn({ err: error }, 'the message of an answer is not noted');
  }
}
