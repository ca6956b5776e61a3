// 撤回: after something was handed in, a bar says until when it can be taken back, and takes it back. It goes when the time is
// over or a colleague has gone on from it.
//
//   GET  /api/retractions       what this person did in the last minutes, newest first:
//                               {id, number, title, name, until, left, why}; left: milliseconds until then by the server's clock
//   POST /api/retractions/{id}  {message, task}: the task that waits again
import { call, element, notice, root } from './house.js';

const LATEST_TIMER = 2147483647;
const ASK_AGAIN = 10000;
let bar;
let timer;
let again;

function close() {
  clearTimeout(timer);
  clearInterval(again);
  bar?.remove();
  bar = undefined;
  document.body.classList.remove('bh-retractable');
}

const clock = at => new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'Asia/Shanghai' }).format(at);

/** What was refused stays until it was read. */
function refuse(shown, sentence) {
  clearTimeout(timer);
  clearInterval(again);
  shown.dataset.refused = 'yes';
  shown.querySelector('.bh-take-back').remove();
  shown.firstChild.textContent = sentence;
}

async function retract(done, button) {
  const shown = bar;
  button.disabled = true;
  try {
    const { task } = await call(`${root}/api/retractions/${encodeURIComponent(done.id)}`, { method: 'POST' });
    close();
    // the list, the card and the form of the step that waits again are read anew
    if (task) window.location.hash = `#/?task=${encodeURIComponent(task)}`;
    window.location.reload();
  } catch (error) {
    if (bar === shown) refuse(shown, error.message);
    else notice(error.message, 'retract');
  }
}

/** Whether it can still be taken back: the next person may have opened it meanwhile. */
async function check() {
  const shown = bar;
  if (!shown || shown.dataset.refused || document.visibilityState !== 'visible') return;
  try {
    const still = (await call(`${root}/api/retractions`)).find(one => one.id === shown.dataset.id);
    if (bar === shown && !shown.dataset.refused && (!still || still.why)) close();
  } catch (error) {
    console.warn('Whether it can still be retracted could not be read', error);
  }
}

function show(done) {
  close();
  bar = element('div', 'bh-notice bh-retract', '', { role: 'status', 'data-id': done.id });
  const take = element('button', 'bh-take-back', '撤回', { type: 'button' });
  take.onclick = () => retract(done, take);
  const known = element('button', '', '知道了', { type: 'button' });
  known.onclick = close;
  bar.append(
    element('span', '', `已提交「${done.name}」${done.number}。下一环节打开以前，${clock(new Date(done.until))}前可以撤回。`), take, known);
  document.body.append(bar);
  const shown = bar;
  // what stands behind it ends above it, however many lines it has
  new ResizeObserver(() => document.body.style.setProperty('--bh-retract', `${shown.offsetHeight}px`)).observe(shown);
  document.body.classList.add('bh-retractable');
  timer = setTimeout(close, Math.min(LATEST_TIMER, Math.max(0, done.left)));
  again = setInterval(check, ASK_AGAIN);
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
  run: ['$rootScope', $rootScope => {
    window.addEventListener('bh-handed-in', offer);
    document.addEventListener('visibilitychange', check);
    $rootScope.$on('$locationChangeSuccess', check);
  }]
};
