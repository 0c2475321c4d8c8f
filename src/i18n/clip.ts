const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** At most `max` UTF-16 units, as Discord counts; what is cut ends in an ellipsis and never within a character. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  for (const { segment } of segments.segment(text.slice(0, max))) {
    if (kept.length + segment.length > max - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
