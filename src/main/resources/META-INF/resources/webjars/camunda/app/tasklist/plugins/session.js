// Five minutes before the session ends for want of an act, Tasklist says so and offers to go on. Drafts are on the server.
import { call, element, root } from './house.js';

const WARN = 300;
const LOOK = 5000;
const ASK = 20000;

let end = Infinity;
let asked = 0;
let bar = null;

async function ask(method) {
  asked = Date.now();
  try {
    // 401 leaves for the sign-in page
    const { seconds } = await call(`${root}/api/session`, { method });
    end = Date.now() + seconds * 1000;
  } catch (unanswered) {
    // asked again at the next look
  }
}

function show(minutes) {
  if (!bar) {
    bar = element('div', 'bh-notice bh-session-end', '', { role: 'alert' });
    const button = element('button', '', '继续使用', { type: 'button' });
    button.onclick = async () => { await ask('POST'); look(); };
    bar.append(element('span'), button);
    document.body.append(bar);
  }
  bar.firstChild.textContent = `您已有一段时间没有操作，约${minutes}分钟后自动退出。`;
}

async function look() {
  if (Date.now() - asked > (end - Date.now() > WARN * 1000 ? 12 * ASK : ASK)) await ask('GET');
  const left = (end - Date.now()) / 1000;
  if (left <= WARN) show(Math.max(1, Math.ceil(left / 60)));
  else if (bar) { bar.remove(); bar = null; }
}

export default {
  run: [() => { look(); window.setInterval(look, LOOK); }]
};
