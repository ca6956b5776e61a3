// What the parts share: addresses, calls to the server, the small notice. No side effect when loaded.
const base = document.querySelector('base');
const appRoot = base.getAttribute('app-root');

/** '' or the path the whole application runs under */
export const root = appRoot.replace(/\/camunda$/, '');
export const engine = base.getAttribute('engine-api') + 'engine/default';
export const vendor = appRoot + '/app/tasklist/vendor/';

let leaving = false;

/** To our own page, once: signing out also raises "login required", and the first reason wins. */
export function leave(to) {
  if (leaving) return;
  leaving = true;
  window.location.replace(root + to);
}

export const expired = () => leave('/login?expired' + window.location.hash);

const token = () => (document.cookie.match(/(?:^|;\s*)XSRF-TOKEN=([^;]*)/) || [])[1] || '';

const SENTENCES = {
  403: '您没有权限进行此项操作。请刷新页面后重试。',
  404: '此件已不在待办中，可能已被办理或撤回。',
  409: '此件刚刚有了变化，请刷新页面后再办。',
  413: '文件太大，请压缩或拆分后再上传。',
  500: '系统出错，没有保存。请稍后重试；仍不行请联系系统管理员。'
};

/** What the server refused: a sentence for the person, the field it is about, the status (0: no answer came). */
export class Refused extends Error {
  constructor(sentence, status, field) {
    super(sentence);
    this.status = status;
    this.field = field;
  }
}

async function sentence(response) {
  try {
    const body = await response.json();
    // answers that are not ours are English and mean nothing to the person who reads
    if (/[\u4e00-\u9fff]/.test(body.message || '')) {
      return { text: body.message.replace(/^Cannot (submit task|start process)[^「“]*(?=[「“])/, ''), field: body.field };
    }
  } catch (error) {
    // no JSON: the status must do
  }
  return { text: SENTENCES[response.status] || `系统没有正常应答（${response.status}）。请稍后重试。` };
}

/**
 * Calls the server with the session. JSON in, JSON out (null when empty); as: 'text' gives the text.
 * Throws Refused; leaves for the sign-in page when the session is over.
 */
export async function call(url, { as, headers, ...init } = {}) {
  let response;
  try {
    response = await fetch(url, {
      credentials: 'same-origin', ...init,
      headers: { Accept: as === 'text' ? 'text/html' : 'application/json', 'X-XSRF-TOKEN': token(), 'HX-Request': 'true', ...headers }
    });
  } catch (error) {
    throw new Refused('网络中断，系统没有应答。请检查网络后重试。', 0);
  }
  if (response.status === 401 || (response.redirected && new URL(response.url).pathname === `${root}/login`)) {
    expired();
    throw new Refused('登录已过期，请重新登录。', 401);
  }
  if (!response.ok) {
    const { text, field } = await sentence(response);
    throw new Refused(text, response.status, field);
  }
  if (response.status === 204) return as === 'text' ? '' : null;
  const text = await response.text();
  if (as === 'text') return text;
  return text ? JSON.parse(text) : null;
}

export const json = (method, value) => ({ method, body: JSON.stringify(value), headers: { 'Content-Type': 'application/json' } });

/** A small notice that needs nothing of Tasklist; one per key. */
export function notice(text, key) {
  const make = () => {
    let box = document.querySelector(`.bh-notice[data-key="${key}"]`);
    if (!box) {
      box = document.createElement('div');
      box.className = 'bh-notice';
      box.dataset.key = key;
      box.setAttribute('role', 'alert');
      const close = document.createElement('button');
      close.type = 'button';
      close.textContent = '知道了';
      close.onclick = () => box.remove();
      box.append(document.createElement('span'), close);
      document.body.append(box);
    }
    box.firstChild.textContent = text;
  };
  if (document.body) make();
  else document.addEventListener('DOMContentLoaded', make);
}

const DAY = 86400000;
const SHANGHAI = 8 * 3600000;
const day = at => Math.floor((at.getTime() + SHANGHAI) / DAY);

/** How near a date is, in the words of the lists: {light, text}. The server says the same of the steps it lists. */
export function nearness(text) {
  const due = text ? new Date(text) : null;
  if (!due || Number.isNaN(due.getTime())) return { light: 'none', text: '' };
  const now = new Date();
  const days = day(due) - day(now);
  if (due < now) return { light: 'late', text: days === 0 ? '今天已逾期' : `逾期${-days}天` };
  return { light: days <= 3 ? 'soon' : 'ok', text: days === 0 ? '今天到期' : `还有${days}天` };
}

/** An element with a class, a text and attributes. */
export function element(name, className, text, attributes = {}) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
