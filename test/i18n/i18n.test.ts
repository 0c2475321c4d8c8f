import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clip, defineWords, escapeMarkdown, languageOf, speechFor, verbatim } from '../../src/i18n/i18n.ts';

const words = defineWords({
  en: { votes: '{count, plural, one {# vote} other {# votes}} for {what}' },
  de: { votes: '{count, plural, one {# Stimme} other {# Stimmen}} für {what}' },
  fr: { votes: '{count, plural, one {# voix} other {# voix}} pour {what}' },
  es: { votes: '{count, plural, one {# voto} other {# votos}} para {what}' },
  ko: { votes: '{what}: {count}표' },
});

const say = (locale: string) => words.in(speechFor([locale], 'UTC'));
const spoken = (...locales: (string | undefined)[]) => speechFor(locales, 'UTC');

describe('texts', () => {
  test('are said in the language, with numbers and plurals as they are there', () => {
    assert.equal(say('en-US')('votes', { count: 1, what: 'tea' }), '1 vote for tea');
    assert.equal(say('de')('votes', { count: 12_345, what: 'Tee' }), '12.345 Stimmen für Tee');
    assert.equal(say('es-419')('votes', { count: 1, what: 'té' }), '1 voto para té');
    assert.equal(say('ko')('votes', { count: 3, what: '차' }), '차: 3표');
  });

  test('other people’s text is no markup, ours is', () => {
    const what = '**[x](https://a.example)** <@1> @everyone';
    assert.equal(
      say('en-US')('votes', { count: 2, what }),
      String.raw`2 votes for \*\*\[x\](https://a.example)\*\* \<\@1\> \@everyone`,
    );
    assert.equal(say('en-US')('votes', { count: 2, what: verbatim('<#1>') }), '2 votes for <#1>');
  });

  test('a value that is missing is an error, and no text', () => {
    assert.throws(() => words.in(speechFor([], 'UTC'))('votes', { count: 1 }), /what/);
  });
});

test('who speaks what: the first language that the bot knows, else English', () => {
  assert.deepEqual(spoken('it', undefined, 'fr'), { language: 'fr', locale: 'fr', timeZone: 'UTC' });
  assert.deepEqual(spoken('en-GB', 'de'), { language: 'en', locale: 'en-GB', timeZone: 'UTC' });
  assert.deepEqual(spoken('it'), { language: 'en', locale: 'en-US', timeZone: 'UTC' });
  assert.equal(languageOf('es-419'), 'es');
  assert.equal(languageOf('eno'), undefined);
});

test('what begins a line or a span is escaped, and words are left alone', () => {
  assert.equal(
    escapeMarkdown('- a\n> b\n# c'),
    String.raw`\- a` + '\n' + String.raw`\> b` + '\n' + String.raw`\# c`,
  );
  assert.equal(escapeMarkdown('well-known: 3 (three)'), 'well-known: 3 (three)');
  assert.equal(escapeMarkdown(String.raw`\*`), String.raw`\\\*`);
  assert.equal(
    escapeMarkdown('_see_ https://example.org/Foo_bar_(x)'),
    String.raw`\_see\_ https://example.org/Foo_bar_(x)`,
  );
});

describe('a clipped text', () => {
  test('is as it was up to the limit, and ends in an ellipsis beyond it', () => {
    assert.equal(clip('four', 4), 'four');
    assert.equal(clip('five!', 4), 'fiv…');
    assert.equal(clip('to be or', 7), 'to be…');
  });

  test('is never cut within what is read as one character', () => {
    const family = '👨‍👩‍👧‍👦';
    assert.equal(clip(`${family}abc`, family.length + 2), `${family}a…`);
    assert.equal(clip(`ab${family}c`, family.length + 2), 'ab…');
  });
});
