/**
 * Forms: the subset of form-js whose rules mean the same in the browser and in the server (docs/adr/0003), and what
 * people need in order to read them.
 */
import { unclear } from './words.mjs';

const INPUT = new Set(['textfield', 'textarea', 'number', 'checkbox', 'radio', 'select', 'checklist', 'taglist', 'datetime', 'filepicker']);
const CHOICE = new Set(['radio', 'select', 'checklist', 'taglist']);
const SILENT = new Set(['text', 'html', 'separator', 'spacer', 'image', 'button']);
const READ = new Set(['label', 'text', 'content', 'description', 'dateLabel', 'timeLabel', 'dateTimeLabel', 'patternErrorMessage', 'alt', 'prefixAdorner', 'suffixAdorner', 'defaultValue']);
const CHINESE = /[\u4e00-\u9fff]/;
const TEST = /\s*([A-Za-z_][A-Za-z0-9_]*)\s*(!?=)\s*("[^"\\]*"|-?\d+(?:\.\d+)?|true|false|null)\s*/y;
/** Written the same, meant differently by JavaScript and Java. */
const FOREIGN_PATTERN = /\\[sSbBpPhHRXzZAGQ]|\(\?[<>=!a-z]|[*+?}]\+|&&/;

/** Fields a hide condition asks, or null when it is not of the subset: field = literal, joined by and, or all by or. */
export function asked(expression) {
  if (!expression.startsWith('=')) return null;
  const fields = [];
  let at = 1;
  let joint = null;
  for (;;) {
    TEST.lastIndex = at;
    const match = TEST.exec(expression);
    if (!match) return null;
    fields.push(match[1]);
    at = TEST.lastIndex;
    if (at === expression.length) return fields;
    const word = expression.startsWith('and ', at) ? 'and' : expression.startsWith('or ', at) ? 'or' : null;
    if (!word || (joint && joint !== word)) return null;
    joint = word;
    at += word.length + 1;
  }
}

export function lintForm(name, text) {
  const findings = [];
  const find = (id, rule, message) => findings.push({ file: name, id, rule, message, category: 'error' });
  const base = name.replace(/^.*\//, '').replace(/\.form$/, '');
  let form;
  try {
    form = JSON.parse(text);
  } catch (error) {
    find(null, 'form/json', error.message);
    return { findings, form: null };
  }
  if (form.id !== base) find(form.id, 'form/file-name', `the form is ${form.id}, the file ${base}`);
  if (form.type !== 'default') find(form.id, 'form/head', 'type must be default');
  if (form.executionPlatform !== 'Camunda Platform' || form.executionPlatformVersion !== '7.24.0') {
    find(form.id, 'form/head', 'executionPlatform must be Camunda Platform 7.24.0');
  }
  if (!Number.isInteger(form.schemaVersion)) find(form.id, 'form/head', 'schemaVersion is missing');

  const ids = new Set();
  /** by path: the key, within a list prefixed by the list's path */
  const fields = new Map();
  const hides = [];

  const walk = (components, inherited, list) => {
    const rows = new Map();
    for (const c of components ?? []) {
      const id = c.id ?? c.key ?? c.type;
      if (!c.id) find(id, 'form/id', 'the component has no id');
      else if (ids.has(c.id)) find(id, 'form/id', `the id ${c.id} stands twice`);
      else if (/^(Field|Row)_[0-9a-z]{7}$/.test(c.id)) find(id, 'form/id', 'the id was made by the editor: say what it means');
      ids.add(c.id);
      if (c.layout?.row) rows.set(c.layout.row, (rows.get(c.layout.row) ?? 0) + (c.layout.columns ?? 16));

      const chain = [...inherited];
      const hide = c.conditional?.hide;
      if (hide !== undefined) {
        const names = typeof hide === 'string' ? asked(hide.trim()) : null;
        if (!names) find(id, 'form/hide', `a hide condition is «field = literal» or «!=», joined by and or by or: ${hide}`);
        else if (list) find(id, 'form/hide', 'no hide condition inside a list');
        else {
          chain.push(id);
          hides.push({ id, names, component: c });
        }
      }

      if (c.type === 'group') {
        if (c.path) find(id, 'form/component', 'a group has no path');
        if (list) find(id, 'form/component', 'no group inside a list');
        if (c.label && !CHINESE.test(c.label)) find(id, 'form/label', `the label is Chinese: ${c.label}`);
        walk(c.components, chain, list);
      } else if (c.type === 'dynamiclist') {
        if (list) find(id, 'form/component', 'no list inside a list');
        if (!/^[a-z][A-Za-z0-9]*$/.test(c.path ?? '')) find(id, 'form/key', 'the path of a list is camelCase');
        if (!CHINESE.test(c.label ?? '')) find(id, 'form/label', 'the list needs a Chinese label');
        put(c.path, { component: c, chain });
        walk(c.components, chain, c);
        if (!(c.components ?? []).length) find(id, 'form/component', 'the list is empty');
      } else if (INPUT.has(c.type)) {
        field(c, id, chain, list);
      } else if (!SILENT.has(c.type)) {
        find(id, 'form/component', `${c.type} is not in the subset`);
      } else {
        silent(c, id);
      }
    }
    for (const [row, columns] of rows) if (columns > 16) find(row, 'form/layout', `the row has ${columns} columns of 16`);
  };

  const put = (key, entry) => {
    if (fields.has(key)) find(entry.component.id, 'form/key', `the key ${key} stands twice`);
    fields.set(key, entry);
  };

  const silent = (c, id) => {
    if (c.type === 'html' && /<\s*(script|iframe|object|embed|link|style)|\son\w+\s*=|javascript:/i.test(c.content ?? '')) {
      find(id, 'form/html', 'no script in html');
    }
    if (c.type === 'text' && !CHINESE.test(c.text ?? '') && !/\{\{/.test(c.text ?? '')) find(id, 'form/label', 'the text is Chinese');
    if (c.type === 'button' && c.action !== 'submit' && c.action !== 'reset') find(id, 'form/component', 'a button submits or resets');
  };

  const field = (c, id, chain, list) => {
    const key = c.key ?? '';
    if (!/^[a-z][A-Za-z0-9]*$/.test(key)) find(id, 'form/key', `the key ${key || '(none)'} is not camelCase`);
    if (/Expression$/.test(key)) find(id, 'form/key', 'no key ends with Expression: such calls are refused at the door');
    put(list ? `${list.path}.${key}` : key, { component: c, chain });
    const label = c.label ?? c.dateLabel ?? c.dateTimeLabel;
    if (!CHINESE.test(label ?? '')) find(id, 'form/label', 'the field needs a Chinese label');
    if (c.description && !CHINESE.test(c.description)) find(id, 'form/label', 'the description is Chinese');
    const v = c.validate ?? {};
    for (const [what, value] of [['readonly', c.readonly], ['disabled', c.disabled], ['required', v.required]]) {
      if (value !== undefined && typeof value !== 'boolean') find(id, 'form/expression', `${what} is true or false, no expression`);
    }
    for (const what of ['min', 'max', 'minLength', 'maxLength']) {
      if (typeof v[what] === 'string' && v[what].startsWith('=')) find(id, 'form/expression', `${what} is a number, no expression`);
    }
    if (c.valuesExpression !== undefined) find(id, 'form/expression', 'no valuesExpression: options come by valuesKey');
    if (typeof c.defaultValue === 'string' && c.defaultValue.startsWith('=')) find(id, 'form/expression', 'no expression as default');
    if (v.pattern) {
      if (FOREIGN_PATTERN.test(v.pattern)) find(id, 'form/pattern', `the pattern means another thing in Java: ${v.pattern}`);
      if (c.type !== 'textfield') find(id, 'form/pattern', 'patterns are for one line of text');
      if (!CHINESE.test(v.patternErrorMessage ?? '')) find(id, 'form/pattern', 'patternErrorMessage says in Chinese what is wanted');
    }
    if (v.validationType && v.validationType !== 'custom') find(id, 'form/pattern', `validationType ${v.validationType}: write the pattern`);
    if (CHOICE.has(c.type)) {
      if ((c.values === undefined) === (c.valuesKey === undefined)) find(id, 'form/options', 'either values or valuesKey');
      const seen = new Set();
      for (const option of c.values ?? []) {
        if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(option.value ?? '')) find(id, 'form/options', `the value ${option.value} of an option is a code`);
        if (seen.has(option.value)) find(id, 'form/options', `the option ${option.value} stands twice`);
        seen.add(option.value);
        if (!/[\u4e00-\u9fff0-9]/.test(option.label ?? '')) find(id, 'form/options', `the option ${option.value} needs a Chinese label`);
      }
    }
    if (c.type === 'textarea' && !c.readonly && !c.disabled && !Number.isInteger(v.maxLength)) {
      find(id, 'form/length', 'a text needs a maxLength');
    }
    if (c.type === 'datetime' && !['date', 'datetime', 'time'].includes(c.subtype)) find(id, 'form/component', 'subtype of datetime is missing');
    if (c.type === 'filepicker') {
      if (!c.accept) find(id, 'form/component', 'filepicker: accept says what may be chosen');
      if (list) find(id, 'form/component', 'no files inside a list');
    }
    const routing = c.properties?.routing;
    if (routing !== undefined) {
      if (routing !== 'true') find(id, 'form/routing', 'routing is the text "true" or absent');
      if (list || !(['radio', 'select', 'checkbox', 'number', 'datetime'].includes(c.type))) {
        find(id, 'form/routing', 'only one code, number, date or yes/no may reach the engine');
      }
    }
  };

  walk(form.components, [], null);
  /** What people read; keys, codes and conditions are for the machine. */
  const readable = (part, id) => {
    for (const [key, value] of Object.entries(part)) {
      if (READ.has(key) && typeof value === 'string') unclear(value).forEach((message) => find(id, 'form/words', message));
      else if (value && typeof value === 'object') readable(value, value.id ?? id);
    }
  };
  readable(form.components ?? [], form.id);

  const holdsFields = (c) => INPUT.has(c.type) || c.type === 'dynamiclist' || (c.components ?? []).some(holdsFields);
  for (const { id, names, component } of hides) {
    for (const key of names) {
      const target = fields.get(key);
      if (!target) {
        // what the provider shows may decide over texts; it never reaches the server with the answer
        if (holdsFields(component)) find(id, 'form/hide', `the hide condition asks ${key}, which is no field of this form`);
      } else if (target.chain.length) {
        find(id, 'form/hide', `the hide condition asks ${key}, which may itself be hidden`);
      }
    }
  }
  if (!fields.size) find(form.id, 'form/component', 'the form asks nothing');
  return { findings, form };
}
