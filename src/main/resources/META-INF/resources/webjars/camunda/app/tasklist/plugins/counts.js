// How many steps each category holds, not only the chosen one: a clerk sees what is late without looking for it.
import { call, element, engine } from './house.js';

const EVERY = 30000;
const GATHER = 300;

let filters = new Map();

function draw() {
  document.querySelectorAll('.task-filters .task-filter').forEach(item => {
    const known = filters.get(window.angular.element(item).scope()?.filter?.id);
    const link = item.querySelector('h4.name a');
    if (!known || !link) return;
    const number = String(known.itemCount);
    let box = link.querySelector('.bh-count');
    if (!box) {
      box = element('span', 'bh-count', '', {});
      link.append(box);
    }
    if (box.textContent === number) return;
    box.textContent = number;
    box.setAttribute('aria-label', `${number}件`);
    box.classList.toggle('bh-count-none', known.itemCount === 0);
    box.style.setProperty('--of-filter', known.properties.color);
  });
}

async function ask() {
  try {
    const answer = await call(`${engine}/filter?itemCount=true`);
    filters = new Map(answer.map(filter => [filter.id, filter]));
    draw();
  } catch (error) {
    if (error.status === 401) return;
    console.warn('The counts could not be read', error);
  }
}

let planned;
const soon = () => {
  clearTimeout(planned);
  planned = setTimeout(ask, GATHER);
};

export default {
  views: {
    'tasklist.list': {
      id: 'banhao-counts',
      priority: 50,
      // a new list means that something was signed for, handed in or has arrived
      controller: ['$scope', $scope => { $scope.tasklistData.newChild($scope).observe('taskList', soon); }],
      template: '<span hidden></span>'
    }
  },
  run: () => {
    setInterval(() => { if (document.visibilityState === 'visible') ask(); }, EVERY);
    let waiting = false;
    new MutationObserver(() => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; draw(); });
    }).observe(document.body, { childList: true, subtree: true });
  }
};
