/**
 * Words people read: those of the engine that staff do not know (words.json, which the checks of Java, pages and
 * Tasklist's texts read too), and addresses where the name of a page belongs.
 */
import fs from 'node:fs';

const { avoid } = JSON.parse(fs.readFileSync(new URL('./words.json', import.meta.url), 'utf8'));
/** A path on its own; behind ]( or href=" it is the target of a link, which nobody reads. */
const ADDRESS = /(?<!\]\(|["'\w.:/{-])\/[a-z][a-z0-9-]+(?:\/[\w{}-]+)*/;

/** @returns {string[]} what is wrong with a text, one sentence each */
export function unclear(text) {
  const said = Object.entries(avoid)
    .filter(([word]) => text.includes(word))
    .map(([word, better]) => `「${word}」 is a word of the engine, staff say ${better}: ${around(text, text.indexOf(word))}`);
  const address = ADDRESS.exec(text);
  if (address) said.push(`an address is a link with words, [立案编号](/proposals/register): ${around(text, address.index)}`);
  return said;
}

const around = (text, at) => text.slice(Math.max(0, at - 12), at + 20).replace(/\s+/g, ' ');
