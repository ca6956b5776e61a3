// Ministry computers run kernels from Chromium 102 on. Scripts must parse as ECMAScript 2022 and, where they are ours,
// may not call what came later; styles may not use later CSS.
import { readFileSync } from 'node:fs';
import { parse } from 'acorn';

// call or rule → first Chromium that knows it
const LATER_CALLS = {
  'Array.fromAsync': 121, 'Object.groupBy': 117, 'Map.groupBy': 117, 'Promise.withResolvers': 119, 'Promise.try': 128,
  '.toSorted(': 110, '.toReversed(': 110, '.toSpliced(': 110, 'URL.canParse': 120, 'AbortSignal.any': 116,
  '.isWellFormed(': 111, '.checkVisibility(': 105, 'Iterator.from': 122, 'popover': 114,
};
const LATER_RULES = {
  ':has(': 105, '@container': 105, 'color-mix(': 111, 'dvh': 108, 'dvw': 108, '@scope': 118, '@starting-style': 117,
  'text-wrap': 114, 'field-sizing': 123, 'light-dark(': 123, 'oklch(': 111, '@property': 85.1, 'subgrid': 117,
};

export function checkScript(file, sourceType, foreign, text = readFileSync(file, 'utf8')) {
  try {
    parse(text, { ecmaVersion: 2022, sourceType });
  } catch (error) {
    return [`${file}: not ECMAScript 2022 (Chromium 102): ${error.message}`];
  }
  // libraries test for new calls before they use them; our own scripts do not
  return foreign ? [] : Object.entries(LATER_CALLS).filter(([call]) => text.includes(call))
    .map(([call, since]) => `${file}: ${call} is known from Chromium ${since} on, we support 102`);
}

export function checkStyle(file, text = readFileSync(file, 'utf8')) {
  const rules = text.replace(/\/\*[\s\S]*?\*\//g, '');
  const found = Object.entries(LATER_RULES).filter(([rule, since]) => since > 102 && rules.includes(rule))
    .map(([rule, since]) => `${file}: ${rule} is known from Chromium ${since} on, we support 102`);
  // nesting came with 112: a rule inside a rule, other than in an at-rule
  let depth = 0;
  let at = [];
  for (const part of rules.split(/([{}])/)) {
    if (part === '{') depth++;
    else if (part === '}') { depth--; at.length = Math.max(0, depth); }
    else if (part.trim()) at[depth] = part.trim();
    if (part === '{' && depth > 1 && !at.slice(0, depth - 1).every(outer => outer.split(';').pop().trim().startsWith('@'))) {
      found.push(`${file}: nested rule in “${at[depth - 2]}”, known from Chromium 112 on, we support 102`);
      break;
    }
  }
  return found;
}
