// 撤回: after something was handed in, a bar says until when it can be taken back, and takes it back.
//
//   GET  /api/retractions       what this person did in the last minutes, newest first: {id, number, title, name, until, why}
//   POST /api/retractions/{id}  {message, task}: the task that waits again
import { call, element, root } from './house.js';

const LATEST_TIMER = 2147483647;
let bar;
let timer;

function close() {
  clearTimeout(timer);
  bar?.remove();
  bar = undefined;
}

const clock = at => new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'Asia/Shanghai' }).format(at);

async function retract(done, button) {
  button.disabled = true;
  try {
    const { task } = await call(`${root}/api/retractions/${encodeURIComponent(done.id)}`, { method: 'POST' });
    close();
    // the list, the card and the form of the step that waits again are read anew
    if (task) window.location.hash = `#/?task=${encodeURIComponent(task)}`;
    window.location.reload();
  } catch (error) {
    bar.firstChild.textContent = error.message;
    button.remove();
  }
}

function show(done) {
  close();
  bar = element('div', 'bh-notice bh-retract', '', { role: 'status' });
  const take = element('button', 'bh-take-back', '撤回', { type: 'button' });
  take.onclick = () => retract(done, take);
  const known = element('button', '', '知道了', { type: 'button' });
  known.onclick = close;
  const until = new Date(done.until);
  bar.append(element('span', '', `已提交「${done.name}」${done.number}。下一环节打开以前，${clock(until)}前可以撤回。`), take, known);
  document.body.append(bar);
  timer = setTimeout(close, Math.min(LATEST_TIMER, Math.max(0, until - Date.now())));
}

async function offer() {
  try {
    const [latest] = await call(`${root}/api/retractions`);
    if (latest && !latest.why) show(latest);
    else close();
  } catch (error) {
    console.warn('What can be retracted could not be read', error);
  }
}

export default {
  run: () => { window.addEventListener('bh-handed-in', offer); }
};
