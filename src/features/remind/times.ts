import { verbatim } from '../../i18n/i18n.ts';

/** A moment as Discord's client shows it, in the zone of whoever reads: the day and time, or how far away it is (reference, "Timestamp Styles"). */
export function shownTime(at: Date, style: 'F' | 'R'): ReturnType<typeof verbatim> {
  return verbatim(`<t:${Math.floor(at.getTime() / 1_000)}:${style}>`);
}

export function shownChannel(id: string): ReturnType<typeof verbatim> {
  return verbatim(`<#${id}>`);
}
