import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GuildFeature, type APIInteraction } from 'discord-api-types/v10';
import { features } from '../../src/features/features.ts';
import { defaultSettings, type GuildSettings } from '../../src/settings/settings.ts';
import { guildSpeechOf, speechOf } from '../../src/shard/speech.ts';

const known = new Map([['remind', '7']]);
const commands = { features, commandIds: { known: () => known } };

/** Of the payload only what tells a language. */
function interaction(
  locale: string | undefined,
  guild_locale: string | undefined,
  features: readonly GuildFeature[] = [GuildFeature.Community],
): APIInteraction {
  return {
    application_id: '1',
    ...(locale && { locale }),
    ...(guild_locale && { guild_locale, guild: { features } }),
  } as APIInteraction;
}

function chosen(locale: string | null): GuildSettings {
  return { ...defaultSettings('1'), locale, version: 3 };
}

test('the member’s language, the guild’s choice, Discord’s; for everybody the guild’s first', () => {
  const cases: readonly (readonly [string, string | undefined, GuildSettings | undefined, string, string])[] =
    [
      ['de', 'ko', chosen('fr'), 'de', 'fr'],
      ['ja', 'ko', chosen('fr'), 'fr', 'fr'],
      // Other settings are no choice of English.
      ['ja', 'ko', chosen(null), 'ko', 'ko'],
      ['de', 'ko', chosen(null), 'de', 'ko'],
      ['de', 'ja', chosen(null), 'de', 'de'],
      ['ja', 'ko', chosen('en-US'), 'en', 'en'],
      ['ja', undefined, undefined, 'en', 'en'],
    ];
  for (const [member, guild, settings, own, everybody] of cases) {
    const asked = interaction(member, guild);
    const languages = [speechOf, guildSpeechOf].map((of) => of(asked, settings, commands).language);
    assert.deepEqual(languages, [own, everybody], `${member} ${guild} ${settings?.locale}`);
  }
});

test('what Discord has for a guild that is no Community is nobody’s choice: everybody reads the member’s language', () => {
  for (const [member, settings, everybody] of [
    ['de', undefined, 'de'],
    ['de', chosen(null), 'de'],
    ['de', chosen('ko'), 'ko'],
    ['ja', chosen(null), 'en'],
  ] as const)
    assert.equal(guildSpeechOf(interaction(member, 'en-US', []), settings, commands).language, everybody);
});

test('a command is clickable where its id is known, else called what the reader’s client calls it', () => {
  const german = speechOf(interaction('de', undefined), undefined, commands);
  const named = ['remind create', 'poll list', 'poll', 'nothing'].map((place) =>
    german.mention?.(place, 'de'),
  );
  assert.deepEqual(named, ['</remind create:7>', '**/umfrage liste**', '**/umfrage**', '**/nothing**']);
});
