// 成批办理: the pile of one's open steps of one kind beside the text of the chosen case and its form, by keyboard alone. What is
// entered (录入) is kept on the server until the batch is handed in (提交本批); each case is a transaction of its own there.
//
//   GET    /api/piles                                what waits, kind by kind: {step, name, waiting, page, pageLabel}; without a step it is a page alone
//   GET    /api/piles/{step}                         {name, waiting, lines}; a line with draft is entered
//   POST   /api/piles/{step}/ready                   [{taskId, draft, answer}] → outcomes; one with a sentence was refused
//   DELETE /api/piles/{step}/ready/{taskId}          not entered any more, but half filled
//   POST   /api/piles/{step}/hand-in                 [taskId] → outcomes; sent twice it does nothing twice
//   POST   /api/piles/{step}/take?count=             signs for the next ones nobody holds
//   GET    /api/piles/{step}/table.xlsx, POST /api/piles/{step}/table   the pile as one Excel table, and what a filled-in one says
import { fieldsOf, hasError, mindComposition, open, style, travelling, valueOf, viewer } from './answer.js';
import { show } from './dossier.js';
import { call, element, engine, json, root } from './house.js';

const QUIET = 1000;
const CHUNK = 10;
const TAKEN_AT_ONCE = 20;
const SUMMARY_PARTS = 4;
const GATHER = 400;
const CHOICES = ['radio', 'select', 'checklist', 'taglist'];

const KEYS = [
  ['1 … 9', '在选项上：选第几项（多选时再按一次取消）'],
  ['回车', '录入这一件，到下一件；在展开的下拉选项上是选定'],
  ['Ctrl + 回车', '在任何地方（包括多行文字里）录入这一件'],
  ['Tab / Shift + Tab', '下一个、上一个填写项'],
  ['Alt + ↓ / Alt + ↑', '不录入，到下一件、上一件'],
  ['下翻页、上翻页键', '翻看正文'],
  ['Esc', '到左边的列表；在列表里用 ↑ ↓ 选，回车回到表单'],
  ['Alt + Z', '撤销刚才的录入，回到那一件'],
  ['删除键', '在列表里：撤销选中一件的录入'],
  ['Ctrl + Shift + 回车', '提交本批'],
  ['?', '显示、关闭这张表']
];

const api = step => `${root}/api/piles/${step.split('/').map(encodeURIComponent).join('/')}`;
const hashOf = step => `#/pile?step=${encodeURIComponent(step)}`;
// 催办, 归档: no steps of one's own, but pages
const hrefOf = pile => pile.step ? hashOf(pile.step) : root + pile.page;
const labelOf = pile => pile.step ? `${pile.name}（${pile.waiting}）` : pile.name;

function button(text, className, act) {
  const made = element('button', className, text, { type: 'button' });
  made.onclick = act;
  return made;
}

/** What stands before everything else until it is answered; resolves with what its buttons say. */
function ask(className, label, content, actions) {
  return new Promise(resolve => {
    const before = document.activeElement;
    const box = element('dialog', `bh-sure ${className}`, '', { 'aria-label': label });
    const line = element('p', 'bh-sure-actions');
    actions.forEach(([text, value], i) => line.append(button(text, `btn ${i === 0 ? 'btn-primary' : 'btn-default'}`, () => box.close(value))));
    box.append(...content, line);
    box.addEventListener('close', () => {
      box.remove();
      if (before?.isConnected) before.focus();
      resolve(box.returnValue);
    });
    document.body.append(box);
    box.showModal();
    line.firstChild.focus();
  });
}

function table(heads, rows) {
  const made = element('table', 'bh-pile-table');
  const head = element('tr');
  heads.forEach(text => head.append(element('th', '', text, { scope: 'col' })));
  const body = element('tbody');
  for (const cells of rows) {
    const row = element('tr');
    cells.forEach(text => row.append(element('td', '', text)));
    body.append(row);
  }
  const top = element('thead');
  top.append(head);
  made.append(top, body);
  return made;
}

class Pile {
  constructor(place, step) {
    this.step = step;
    this.lines = [];
    this.at = -1;
    this.entered = []; // task ids in the order they were entered here
    this.shapes = new Map();
    this.labels = new Map(); // valuesKey → value → label, as far as forms were opened
    this.generation = 0;
    this.busy = false;
    this.build(place);
  }

  // ---- the frame

  build(place) {
    this.frame = element('div', 'bh-pile', '', { role: 'main', 'aria-label': '成批办理' });
    const top = element('div', 'bh-pile-top');
    this.kinds = element('select', 'form-control bh-pile-kinds', '', { 'aria-label': '办哪一类' });
    this.kinds.onchange = () => { window.location.href = this.kinds.value; };
    this.count = element('span', 'bh-pile-count', '', { role: 'status' });
    this.elsewhere = element('a', 'bh-pile-elsewhere', '', { target: '_blank', rel: 'noopener', hidden: '' });
    this.takeButton = button(`领取${TAKEN_AT_ONCE}件`, 'btn btn-default bh-pile-take', () => this.take());
    const out = element('a', 'btn btn-default', '下载表格', { href: `${api(this.step)}/table.xlsx`, target: '_blank', rel: 'noopener' });
    this.file = element('input', 'bh-file-input', '', { type: 'file', accept: '.xlsx', tabindex: '-1', 'aria-hidden': 'true' });
    this.file.onchange = () => this.readTable();
    const into = button('上传表格', 'btn btn-default bh-pile-upload', () => this.file.click());
    this.hand = button('提交本批', 'btn btn-primary bh-pile-hand-in', () => this.handIn());
    const help = button('快捷键 ?', 'btn btn-default', () => this.help());
    top.append(element('a', 'bh-pile-back', '‹ 待办列表', { href: '#/' }), this.kinds, this.count, this.elsewhere, this.takeButton, out, into, this.file, help, this.hand);
    this.told = element('div', 'bh-pile-told', '', { role: 'status', 'aria-live': 'polite' });
    this.failures = element('div', 'bh-pile-failures', '', { role: 'alert' });
    const columns = element('div', 'bh-pile-columns');
    this.list = element('div', 'bh-pile-list', '', { role: 'listbox', tabindex: '0', 'aria-label': '待办' });
    this.text = element('div', 'bh-pile-text', '', { tabindex: '0', role: 'region', 'aria-label': '正文' });
    this.page = element('div', 'bh-dossier-content');
    this.text.append(this.page);
    const right = element('div', 'bh-pile-right', '', { role: 'region', 'aria-label': '填写' });
    this.hint = element('p', 'bh-draft', '', { role: 'status' });
    this.box = element('div', 'bh-form');
    this.enterButton = button('录入，到下一件（回车）', 'btn btn-primary bh-pile-enter', () => this.enter());
    right.append(this.box, this.enterButton, this.hint);
    columns.append(this.list, this.text, right);
    this.frame.append(top, this.told, this.failures, columns);
    place.append(this.frame);
    this.composing = mindComposition(this.box);
    this.keys = event => this.key(event);
    // before the form's own, and also while the focus is nowhere
    document.addEventListener('keydown', this.keys, true);
    this.box.addEventListener('focusin', () => { this.moved = null; });
    this.box.addEventListener('input', event => { this.moved = event.target; });
    this.hidden = () => { if (document.visibilityState === 'hidden') this.save(true); };
    document.addEventListener('visibilitychange', this.hidden);
    this.list.onclick = event => {
      const line = event.target.closest('[data-at]');
      if (line) this.choose(+line.dataset.at, false);
    };
    style();
    this.start();
  }

  async start() {
    try {
      const kinds = await call(`${root}/api/piles`);
      this.kinds.replaceChildren(...kinds.map(kind => {
        const option = element('option', '', labelOf(kind), { value: hrefOf(kind) });
        option.selected = kind.step === this.step;
        return option;
      }));
      const here = kinds.find(kind => kind.step === this.step);
      if (!here) this.kinds.prepend(element('option', '', '没有待办', { value: hashOf(this.step), selected: '' }));
      if (here?.page) {
        this.elsewhere.textContent = here.pageLabel;
        this.elsewhere.href = root + here.page;
        this.elsewhere.hidden = false;
      }
      await this.refresh();
      this.choose(Math.max(0, this.lines.findIndex(line => this.waits(line))), true);
    } catch (error) {
      this.tell(`没有打开：${error.message}`, true);
    }
  }

  close() {
    this.save(true);
    this.generation++;
    document.removeEventListener('keydown', this.keys, true);
    document.removeEventListener('visibilitychange', this.hidden);
    clearTimeout(this.timer);
    this.destroyForm();
  }

  destroyForm() {
    // form-js looks for the parent of what loses the focus, which would be gone
    if (this.box.contains(document.activeElement)) document.activeElement.blur();
    try {
      this.form?.destroy();
    } catch (error) {
      console.warn(error);
    }
    this.form = undefined;
  }

  /** While a case is being entered or opened no key is taken: it would be meant for another one. */
  wait(busy) {
    this.busy = busy;
    this.frame.setAttribute('aria-busy', String(busy));
  }

  tell(text, wrong = false) {
    this.told.textContent = text;
    this.told.classList.toggle('bh-wrong', wrong);
  }

  // ---- the list

  waits(line) {
    return !line.draft && !line.gone;
  }

  /** Reads the pile anew; what is being filled in stays as it is. */
  async refresh() {
    const chosen = this.lines[this.at]?.taskId;
    const found = await call(api(this.step));
    const sentences = new Map(this.lines.filter(line => line.sentence).map(line => [line.taskId, line.sentence]));
    this.lines = found.lines.map(line => ({ ...line, sentence: line.gone || sentences.get(line.taskId) || '' }));
    this.waiting = found.waiting;
    this.name = found.name;
    this.at = this.lines.findIndex(line => line.taskId === chosen);
    this.draw();
  }

  draw() {
    this.list.replaceChildren(...this.lines.map((line, i) => this.item(line, i)));
    if (!this.lines.length) this.list.append(element('p', 'bh-pile-none', '这一类没有等待您办理的。'));
    this.mark();
    this.counts();
  }

  item(line, i) {
    const item = element('div', 'bh-pile-line', '', { role: 'option', id: `bh-pile-${i}`, 'data-at': String(i) });
    const title = element('div', 'bh-pile-title', line.title || line.number);
    const facts = element('div', 'bh-pile-facts');
    facts.append(element('span', 'bh-card-number', line.number));
    if (line.key) facts.append(element('span', 'bh-card-key', '重点'));
    if (line.unit) facts.append(element('span', '', line.unit));
    if (line.dueText) facts.append(element('span', `bh-due-${line.light}`, line.dueText));
    item.append(title, facts, this.state(line));
    return item;
  }

  state(line) {
    const [kind, text] = line.sentence ? ['failed', `■ 未成：${line.sentence}`]
      : line.draft ? ['ready', `● 已录入　${this.summary(line)}`]
        : line.dirty ? ['begun', '◐ 填写中']
          : line.held ? ['held', '○ 已领取'] : ['free', '○ 待办'];
    return element('div', `bh-pile-state bh-pile-${kind}`, text);
  }

  redraw(i) {
    const old = this.list.children[i];
    if (!old || !this.lines[i]) return;
    old.replaceWith(this.item(this.lines[i], i));
    this.mark();
    this.counts();
  }

  mark() {
    [...this.list.children].forEach((item, i) => {
      item.classList.toggle('active', i === this.at);
      item.setAttribute('aria-selected', String(i === this.at));
    });
    if (this.at >= 0) this.list.setAttribute('aria-activedescendant', `bh-pile-${this.at}`);
    this.list.children[this.at]?.scrollIntoView({ block: 'nearest' });
  }

  counts() {
    const ready = this.lines.filter(line => line.draft && !line.gone).length;
    const failed = this.lines.filter(line => line.sentence).length;
    this.count.textContent = `待办${this.waiting}件，已录入${ready}件${failed ? `，未成${failed}件` : ''}`
      + (this.waiting > this.lines.length ? `；先列出${this.lines.length}件` : '');
    this.hand.textContent = `提交本批（${ready}件）`;
    this.hand.disabled = ready === 0;
    this.takeButton.disabled = !this.lines.some(line => !line.held && !line.gone);
  }

  /** What was chosen, in the words of the form. */
  summary(line) {
    const schema = this.shapes.get(line.definitionId)?.known;
    if (!schema) return '';
    const words = [];
    for (const [key, field] of fieldsOf(schema)) {
      const value = line.draft[key];
      if (!CHOICES.includes(field.type) || value === undefined || value === null || !value.length) continue;
      const known = new Map((field.values || []).map(option => [option.value, option.label]));
      const labels = [].concat(value).map(one => known.get(one) || this.labels.get(field.valuesKey)?.get(one) || '').filter(Boolean);
      if (labels.length) words.push(labels.join('、'));
    }
    return words.slice(0, SUMMARY_PARTS).join(' · ');
  }

  // ---- one case

  shape(line) {
    if (!this.shapes.has(line.definitionId)) {
      const asked = call(`${engine}/task/${encodeURIComponent(line.taskId)}/deployed-form`);
      this.shapes.set(line.definitionId, asked);
      asked.then(schema => { asked.known = schema; }, () => this.shapes.delete(line.definitionId));
    }
    return this.shapes.get(line.definitionId);
  }

  async choose(i, intoForm) {
    if (i < 0 || i >= this.lines.length) return;
    if (i === this.at && this.form) {
      if (intoForm) this.intoForm();
      return;
    }
    if (!this.busy) await this.save(false);
    const mine = ++this.generation;
    this.wait(true);
    try {
      await this.present(i, mine, intoForm);
    } finally {
      if (mine === this.generation) this.wait(false);
    }
  }

  async present(i, mine, intoForm) {
    this.at = i;
    this.mark();
    const line = this.lines[i];
    this.hint.textContent = '';
    if (line.gone) {
      this.destroyForm();
      this.box.replaceChildren(element('p', 'bh-hint', line.gone), button('从列表移去', 'btn btn-default', () => this.takeBack(line)));
      this.enterButton.hidden = true;
      this.page.shadowRoot?.replaceChildren();
      return;
    }
    this.enterButton.hidden = false;
    this.read(line, mine);
    await this.fill(line, mine, intoForm);
  }

  async read(line, mine) {
    this.text.scrollTop = 0;
    try {
      const html = await call(`${root}/cases/by-task/${encodeURIComponent(line.taskId)}`, { as: 'text' });
      if (mine !== this.generation) return;
      await show(this.page, html);
      const last = new CSSStyleSheet();
      // what the proposal says comes first, who has it and what happened so far after it
      last.replaceSync('.casefile { display: flex; flex-direction: column; } .casefile-now { order: 1; }');
      this.page.shadowRoot.adoptedStyleSheets = [...this.page.shadowRoot.adoptedStyleSheets, last];
    } catch (error) {
      if (mine !== this.generation) return;
      this.page.shadowRoot?.replaceChildren(element('p', '', error.status === 404 ? '这件待办没有卷宗，或您无权查看。' : `正文未能打开：${error.message}`));
    }
  }

  async fill(line, mine, intoForm) {
    const own = `${engine}/task/${encodeURIComponent(line.taskId)}`;
    try {
      const [{ Form, FilesModule }, schema, variables, kept] = await Promise.all([
        viewer.catch(() => { throw new Error('表单组件未能读取。请刷新页面；仍不行请联系系统管理员。'); }),
        this.shape(line),
        call(`${own}/form-variables?deserializeValues=false`),
        line.held ? call(`${root}/api/drafts/${encodeURIComponent(line.taskId)}`) : {}
      ]);
      if (mine !== this.generation) return;
      const fields = fieldsOf(schema);
      const data = {};
      for (const [key, shown] of Object.entries(variables || {})) data[key] = valueOf(shown);
      for (const field of fields.values()) {
        if (field.valuesKey && Array.isArray(data[field.valuesKey])) {
          this.labels.set(field.valuesKey, new Map(data[field.valuesKey].map(option => [option.value, option.label])));
        }
      }
      for (const [key, value] of Object.entries(kept || {})) if (fields.has(key) && open(fields.get(key))) data[key] = value;
      const next = new Form({ container: element('div'), debounce: false, files: this.files(line), additionalModules: [FilesModule], properties: { textLinkTarget: '_blank' } });
      await next.importSchema(schema, data);
      if (mine !== this.generation) return next.destroy();
      this.destroyForm();
      this.box.replaceChildren();
      next.attachTo(this.box);
      this.form = next;
      this.schema = schema;
      this.fields = fields;
      this.saved = this.draft();
      next.on('changed', () => { if (mine === this.generation) this.changed(line); });
      if (line.sentence) this.hint.textContent = line.sentence;
      this.redraw(this.at);
      if (intoForm) this.intoForm();
    } catch (error) {
      if (mine !== this.generation) return;
      console.warn(error);
      this.destroyForm();
      this.box.replaceChildren(element('p', 'bh-hint', `表单未能打开：${error.message}`));
      line.sentence = error.message;
      this.redraw(this.at);
    }
  }

  files(line) {
    return {
      store: async file => {
        await this.hold(line);
        const parts = new FormData();
        parts.append('step', line.taskId);
        parts.append('file', file, file.name);
        const { id, name, size, bytes } = await call(`${root}/api/documents`, { method: 'POST', body: parts });
        return { id, name, size: size ?? bytes };
      },
      discard: id => call(`${root}/api/documents/${encodeURIComponent(id)}`, { method: 'DELETE' })
    };
  }

  intoForm() {
    const first = this.box.querySelector('.fjs-form-field :is(input:not([disabled]):not([type=file]), textarea:not([disabled]))');
    const chosen = first?.type === 'radio' && this.box.querySelector(`input[name="${CSS.escape(first.name)}"]:checked`);
    (chosen || first || this.list).focus();
  }

  draft() {
    const data = this.form._getState().data;
    const out = {};
    for (const [key, field] of this.fields) {
      const value = data[key];
      if (open(field) && value !== undefined && value !== null && value !== '') out[key] = value;
    }
    return JSON.stringify(out);
  }

  /** Signs for it, once: what one begins to fill in nobody else does at the same time. */
  async hold(line) {
    if (line.held) return;
    line.holding ||= call(`${engine}/task/${encodeURIComponent(line.taskId)}/claim`, json('POST', {})).then(() => { line.held = true; })
      .finally(() => { line.holding = undefined; });
    await line.holding;
  }

  changed(line) {
    if (!this.form || this.draft() === this.saved) return;
    if (!line.dirty || line.draft || line.sentence) {
      line.dirty = true;
      line.draft = null; // what is entered is what was entered: changed, it is entered anew
      line.sentence = '';
      this.redraw(this.lines.indexOf(line));
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(false), QUIET);
  }

  async save(leaving) {
    clearTimeout(this.timer);
    this.timer = undefined;
    const line = this.lines[this.at];
    if (!this.form || !line || line.gone || this.busy) return;
    if (this.composing() && !leaving) return;
    const text = this.draft();
    if (text === this.saved) return;
    try {
      await this.hold(line);
      this.saving = call(`${root}/api/drafts/${encodeURIComponent(line.taskId)}`, { method: 'PUT', body: text, keepalive: leaving && text.length < 20000, headers: { 'Content-Type': 'application/json' } });
      await this.saving;
      this.saved = text;
      this.hint.textContent = '草稿已保存，还没有录入；按回车录入。';
    } catch (error) {
      if (error.status === 401 || leaving) return;
      line.sentence = error.status === 0 ? '' : error.message;
      this.hint.textContent = `草稿未能保存：${error.message}`;
      this.redraw(this.lines.indexOf(line));
    }
  }

  /** 录入: kept on the server until the batch is handed in. */
  async enter() {
    const line = this.lines[this.at];
    if (!this.form || !line || this.busy) return;
    const { data, errors } = this.form.submit();
    if (hasError(errors)) {
      this.hint.textContent = `有 ${Object.values(errors).filter(hasError).length} 项需要更正，已在表单中标出。`;
      requestAnimationFrame(() => this.toFirstWrong());
      return;
    }
    this.wait(true);
    clearTimeout(this.timer);
    try {
      await Promise.resolve(this.saving).catch(() => {}); // a draft on its way must not arrive after it
      // what this answer does not ask for is no part of it
      const filled = this.draft();
      const draft = Object.fromEntries(Object.entries(JSON.parse(filled)).filter(([key]) => key in data));
      const [outcome] = await call(`${api(this.step)}/ready`, json('POST', [{ taskId: line.taskId, draft, answer: travelling(this.schema, data) }]));
      if (outcome.sentence) {
        line.sentence = outcome.sentence;
        this.hint.textContent = outcome.sentence;
        this.redraw(this.at);
        this.refuse(outcome);
        return;
      }
      Object.assign(line, { draft, held: true, dirty: false, sentence: '' });
      this.saved = filled; // nothing has changed since: saving it would make it unready
      this.entered = [...this.entered.filter(id => id !== line.taskId), line.taskId];
      this.redraw(this.at);
      await this.next();
    } catch (error) {
      this.hint.textContent = error.status === 0 ? '网络中断，这一件还没有录入，所填内容仍在。恢复以后再按一次回车。' : `没有录入：${error.message}`;
      this.tell(this.hint.textContent, true);
    } finally {
      this.wait(false);
    }
  }

  refuse(outcome) {
    const field = this.fields.get(outcome.field);
    if (!field || !this.form) return;
    this.form._setState({ errors: { ...this.form._getState().errors, [field.id]: [outcome.sentence] } });
    requestAnimationFrame(() => this.toFirstWrong());
  }

  toFirstWrong() {
    const field = this.box.querySelector('.fjs-has-errors');
    if (!field) return;
    field.scrollIntoView({ block: 'center' });
    field.querySelector('input:not([type=file]), textarea, button, [tabindex]')?.focus({ preventScroll: true });
  }

  async next() {
    const after = [...this.lines.keys()].map(n => (this.at + 1 + n) % this.lines.length);
    const free = after.find(n => this.waits(this.lines[n]) && !this.lines[n].sentence) ?? after.find(n => this.waits(this.lines[n]));
    if (free === undefined) {
      this.tell('全部录入完了。核对以后按 Ctrl + Shift + 回车提交本批。');
      this.hand.focus();
      return;
    }
    this.tell(`已录入：${this.lines[this.at].title}`);
    await this.choose(free, true);
  }

  /** 撤销录入 of the one entered last, or of this line. */
  async undo() {
    const id = this.entered.pop();
    const line = this.lines.find(one => one.taskId === id && one.draft) || (this.lines[this.at]?.draft ? this.lines[this.at] : undefined);
    if (!line) return this.tell('没有可以撤销的录入。');
    await this.takeBack(line);
  }

  async takeBack(line) {
    try {
      await call(`${api(this.step)}/ready/${encodeURIComponent(line.taskId)}`, { method: 'DELETE' });
      const i = this.lines.indexOf(line);
      if (line.gone) {
        this.at = -1;
        await this.refresh();
        await this.choose(Math.min(i, this.lines.length - 1), false);
        return;
      }
      line.draft = null;
      line.sentence = '';
      this.entered = this.entered.filter(id => id !== line.taskId);
      this.redraw(i);
      this.tell(`已撤销录入：${line.title}`);
      await this.choose(i, true);
    } catch (error) {
      this.tell(`没有撤销：${error.message}`, true);
    }
  }

  async take() {
    try {
      await this.save(false);
      const { taken } = await call(`${api(this.step)}/take?count=${TAKEN_AT_ONCE}`, { method: 'POST' });
      await this.refresh();
      this.tell(taken ? `已领取${taken}件，同事不会再办这些。` : '没有可以领取的，可能同事刚刚领走了。');
    } catch (error) {
      this.tell(`没有领取：${error.message}`, true);
    }
  }

  // ---- many

  /** Sends in small parts, so that one sees how far it is; stops at the first that finds no answer. */
  async many(label, all, url, body, got) {
    const bar = element('progress', 'bh-pile-progress', '', { max: String(all.length), value: '0', 'aria-label': label });
    const words = element('span');
    this.told.classList.remove('bh-wrong');
    this.told.replaceChildren(words, bar);
    for (let done = 0; done < all.length;) {
      words.textContent = `${label}：${done} / ${all.length}件　`;
      const part = all.slice(done, done + CHUNK);
      got(await call(url, json('POST', part.map(body))));
      done += part.length;
      bar.value = done;
    }
  }

  showFailures(what, outcomes) {
    this.failures.replaceChildren();
    if (!outcomes.length) return;
    const known = new Map(this.lines.map(line => [line.taskId, line]));
    const close = button('知道了', 'btn btn-default', () => this.failures.replaceChildren());
    this.failures.append(element('p', '', `有${outcomes.length}件没有${what}：`), table(['编号', '标题', '原因'],
      outcomes.map(one => [one.number || known.get(one.taskId)?.number || '', one.title || known.get(one.taskId)?.title || '', one.sentence])), close);
  }

  /** 提交本批. */
  async handIn() {
    if (this.busy) return;
    await this.save(false);
    const ready = this.lines.filter(line => line.draft && !line.gone);
    if (!ready.length) return this.tell('还没有录入，没有可以提交的。');
    const content = [element('p', '', `提交已录入的${ready.length}件「${this.name}」？`),
      element('p', '', '提交以后各件进入下一环节；能撤回的，可以在“刚刚提交”页逐件撤回。')];
    if (await ask('bh-pile-sure', '提交本批', content, [[`提交${ready.length}件`, 'yes'], ['返回核对', '']]) !== 'yes') return;
    this.wait(true);
    const failed = [];
    const done = new Set();
    let broken = '';
    try {
      await this.many('正在提交', ready, `${api(this.step)}/hand-in`, line => line.taskId, outcomes => outcomes.forEach(one => {
        if (one.sentence) failed.push(one);
        else done.add(one.taskId);
      }));
    } catch (error) {
      broken = error.status === 0 ? '网络中断，提交停在这里。' : `提交停在这里：${error.message}`;
    }
    this.wait(false);
    this.entered = this.entered.filter(id => !done.has(id));
    for (const one of failed) {
      const line = this.lines.find(other => other.taskId === one.taskId);
      if (line) line.sentence = one.sentence;
    }
    this.showFailures('提交', failed);
    this.lines = this.lines.filter(line => !done.has(line.taskId));
    this.at = -1;
    this.generation++;
    this.destroyForm();
    this.box.replaceChildren();
    this.page.shadowRoot?.replaceChildren();
    try {
      await this.refresh();
    } catch (error) {
      this.draw();
    }
    this.tell(broken ? `${broken}已提交${done.size}件；其余仍是已录入，恢复以后再按“提交本批”，不会重复提交。` : `已提交${done.size}件${failed.length ? `，${failed.length}件没有提交` : ''}。`, !!broken);
    if (done.size) window.dispatchEvent(new CustomEvent('bh-handed-in'));
    const first = this.lines.findIndex(line => this.waits(line));
    if (first >= 0) await this.choose(first, true);
    else this.list.focus();
  }

  // ---- Excel

  async readTable() {
    const [file] = this.file.files;
    this.file.value = '';
    if (!file || this.busy) return;
    await this.save(false);
    this.tell('正在核对表格…');
    try {
      const parts = new FormData();
      parts.append('file', file, file.name);
      const found = await call(`${api(this.step)}/table`, { method: 'POST', body: parts });
      this.tell('');
      const content = [element('p', '', `${file.name}：可以录入${found.rows.length}件，没有填写${found.untouched}件，有误${found.problems.length}处。`)];
      if (found.problems.length) {
        const scroll = element('div', 'bh-pile-scroll', '', { tabindex: '0' });
        scroll.append(table(['单元格', '编号', '问题'], found.problems.map(one => [one.cell, one.number, one.sentence])));
        content.push(scroll);
      }
      const actions = found.rows.length ? [[found.problems.length ? `只录入无误的${found.rows.length}件` : `录入${found.rows.length}件`, 'yes']] : [];
      if (await ask('bh-pile-reading', '核对表格', content, [...actions, ['关闭，改好再传', '']]) !== 'yes') return;
      const failed = [];
      let kept = 0;
      this.wait(true);
      try {
        await this.many('正在录入', found.rows, `${api(this.step)}/ready`, ({ taskId, draft, answer }) => ({ taskId, draft, answer }),
          outcomes => outcomes.forEach(one => { if (one.sentence) failed.push(one); else kept++; }));
      } finally {
        this.wait(false);
      }
      this.at = -1;
      this.destroyForm();
      this.box.replaceChildren();
      await this.refresh();
      const first = this.lines.find(line => line.draft && !line.gone);
      if (first) await this.shape(first).then(() => this.draw());
      this.showFailures('录入', failed);
      this.tell(`已从表格录入${kept}件，核对以后按“提交本批”。`);
      this.hand.focus();
    } catch (error) {
      this.tell(error.status === 0 ? '网络中断，已录入的都在；恢复以后再上传一次同一张表，不会重复。' : error.message, true);
      await this.refresh().catch(() => {});
    }
  }

  // ---- keys

  async help() {
    await ask('bh-pile-help', '快捷键', [element('h2', '', '快捷键'), table(['按键', '作用'], KEYS)], [['关闭', '']]);
  }

  key(event) {
    // a composition that runs owns every key
    if (this.composing() || event.isComposing || event.keyCode === 229) return;
    const dialog = document.querySelector('dialog[open]');
    const key = (event.key || '').normalize('NFKC');
    if (dialog) {
      if (key === '?' && dialog.matches('.bh-pile-help')) this.stop(event, () => dialog.close(''));
      return;
    }
    if (!this.frame.contains(event.target) && event.target !== document.body) return;
    if (this.busy) return this.stop(event, () => {});
    const inForm = this.box.contains(event.target);
    const inList = this.list.contains(event.target);
    const typing = event.target.matches('textarea, select, input:not([type=radio]):not([type=checkbox]):not(.fjs-select-hidden-input)');
    if (event.ctrlKey && event.shiftKey && key === 'Enter') return this.stop(event, () => this.handIn());
    if (event.ctrlKey && key === 'Enter') return this.stop(event, () => this.enter());
    if (event.altKey && !event.ctrlKey && event.code === 'KeyZ') return this.stop(event, () => this.undo());
    if (event.altKey && key === 'ArrowDown') return this.stop(event, () => this.choose(this.at + 1, true));
    if (event.altKey && key === 'ArrowUp') return this.stop(event, () => this.choose(this.at - 1, true));
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (key === 'PageDown' || key === 'PageUp') {
      return this.stop(event, () => this.text.scrollBy({ top: (key === 'PageDown' ? 0.85 : -0.85) * this.text.clientHeight }));
    }
    if (key === '?' && !typing) return this.stop(event, () => this.help());
    if (inList) return this.inList(event, key);
    if (inForm) this.inForm(event, key, typing);
  }

  stop(event, act) {
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }

  inList(event, key) {
    const to = { ArrowDown: this.at + 1, ArrowUp: this.at - 1, Home: 0, End: this.lines.length - 1 }[key];
    if (to !== undefined) return this.stop(event, () => this.choose(to, false));
    if (key === 'Enter') return this.stop(event, () => this.intoForm());
    const line = this.lines[this.at];
    if (key === 'Delete' && line?.draft) this.stop(event, () => this.takeBack(line));
  }

  inForm(event, key, typing) {
    const target = event.target;
    const field = target.closest('.fjs-form-field');
    const dropdown = !!field?.querySelector('.fjs-dropdownlist');
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      this.moved = target;
      return;
    }
    if (key === 'Escape' && !(dropdown && this.moved === target)) return this.stop(event, () => this.list.focus());
    if (key === 'Enter') {
      if (target.matches('textarea, button, a')) return;
      // a list that was only passed by chooses nothing
      if (dropdown && this.moved === target) {
        this.moved = null;
        return;
      }
      return this.stop(event, () => this.enter());
    }
    const items = field?.matches('.fjs-form-field-select') ? field.querySelectorAll('.fjs-dropdownlist-item') : [];
    // in a list one may also search in, the first key is a choice, unless a digit may be searched for
    const short = items.length > 0 && this.moved !== target && ![...items].some(item => /[0-9]/.test(item.textContent));
    if (/^[1-9]$/.test(key) && field && (!typing || short)) this.pick(event, items.length ? items[+key - 1] : field.querySelectorAll('input[type=radio], input[type=checkbox]')[+key - 1]);
  }

  pick(event, option) {
    if (!option) return;
    this.stop(event, () => {
      if (option.matches('input')) {
        option.click();
        option.focus();
      } else {
        option.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }));
      }
    });
  }
}

let waiting;
const lines = $scope => {
  clearTimeout(waiting);
  waiting = setTimeout(() => call(`${root}/api/piles`).then(piles => $scope.$applyAsync(() => {
    $scope.piles = piles.filter(pile => pile.waiting > 1 || !pile.step).map(pile => ({ label: labelOf(pile), href: hrefOf(pile) }));
  }), error => console.warn('The piles could not be read', error)), GATHER);
};

export default {
  views: {
    'tasklist.list': {
      id: 'banhao-piles',
      priority: 90,
      controller: ['$scope', $scope => { $scope.tasklistData.newChild($scope).observe('taskList', () => lines($scope)); }],
      template: '<p class="bh-piles" ng-if="piles.length">成批办理：<a ng-repeat="pile in piles" ng-href="{{ pile.href }}">{{ pile.label }}</a></p>'
    }
  },
  config: ['$routeProvider', $routeProvider => $routeProvider.when('/pile', {
    template: '<div class="bh-pile-place"></div>',
    authentication: 'required',
    reloadOnSearch: false,
    // no arrow: AngularJS makes it with new
    controller: ['$scope', '$location', function ($scope, $location) {
      let pile;
      let gone = false;
      const open = step => {
        const place = document.querySelector('.bh-pile-place');
        if (gone || !place) return;
        pile?.close();
        place.replaceChildren();
        pile = new Pile(place, step);
      };
      const begin = step => {
        if (step) return setTimeout(() => open(step));
        return call(`${root}/api/piles`).then(piles => {
          if (gone) return;
          const first = piles.find(pile => pile.step);
          const others = piles.filter(pile => !pile.step).map(pile => element('a', 'bh-pile-back', labelOf(pile), { href: hrefOf(pile) }));
          if (first) $scope.$applyAsync(() => $location.search('step', first.step).replace());
          else document.querySelector('.bh-pile-place')?.replaceChildren(element('p', 'well', '现在没有等待您办理的事项。'), element('a', 'bh-pile-back', '‹ 待办列表', { href: '#/' }), ...others);
        }, error => console.warn('The piles could not be read', error));
      };
      $scope.$watch(() => $location.search().step, begin);
      $scope.$on('$destroy', () => {
        gone = true;
        pile?.close();
      });
    }]
  })]
};
