// node --test web/test
import test from 'node:test';
import assert from 'node:assert/strict';
import { translate, words } from '../form/words.mjs';
import { checkScript, checkStyle } from '../syntax.mjs';

test('a text of form-js that is gone or doubled stops the build', () => {
  assert.equal(translate("say('Add')", [["'Add'", "'增加'", 1]]), "say('增加')");
  assert.throws(() => translate("say('Append')", [["'Add'", "'增加'", 1]]), /found 0 times/);
  assert.throws(() => translate("say('Add', 'Add')", [["'Add'", "'增加'", 1]]), /found 2 times/);
});

test('every replacement is Chinese, a locale, or shows typed text as it was typed', () => {
  for (const [from, to] of words) assert.match(to, /[\u4e00-\u9fff]|zh-CN|sanitizer: value =>/, from);
});

test('scripts a Chromium 102 cannot read or run are named', () => {
  assert.deepEqual(checkScript('x.js', 'module', false, 'const a = b?.c ?? 1; await a;'), []);
  assert.match(checkScript('x.js', 'module', false, 'using a = b;')[0], /not ECMAScript 2022/);
  assert.match(checkScript('x.js', 'module', false, 'const r = /[a--b]/v;')[0], /not ECMAScript 2022/);
  assert.match(checkScript('x.js', 'module', false, 'list.toSorted()')[0] || '', /110/);
});

test('styles a Chromium 102 does not know are named', () => {
  assert.deepEqual(checkStyle('x.css', '@media (max-width: 9px) { a { color: red; } } a:is(b) { gap: 1px; }'), []);
  assert.match(checkStyle('x.css', 'a:has(b) { color: red; }')[0], /:has/);
  assert.match(checkStyle('x.css', 'a { color: red; &:hover { color: blue; } }')[0], /nested rule/);
});
