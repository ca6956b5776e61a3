// The ways to our own pages in Tasklist's header, the same as in the header of those pages.
import { call, element, engine, root } from './house.js';

const ACCOUNT = '/password';
const STARTABLE = 'latest=true&active=true&startableInTasklist=true&startablePermissionCheck=true&firstResult=0&maxResults=1';

/** 修改密码 belongs to the person, not to the work. */
function intoAccount(entries) {
  const place = () => {
    const menu = document.querySelector('.account .dropdown-menu');
    if (!menu || menu.querySelector('.bh-own')) return !!menu;
    entries.forEach(entry => {
      const item = element('li', 'bh-own');
      item.append(element('a', '', entry.label, { href: root + entry.href }));
      menu.prepend(item);
    });
    return true;
  };
  if (place()) return;
  const observer = new MutationObserver(() => { if (place()) observer.disconnect(); });
  observer.observe(document.body, { childList: true, subtree: true });
}

const mayStart = () => call(`${engine}/process-definition?${STARTABLE}`)
  .then(found => document.body.classList.toggle('bh-may-start', found.length > 0), () => {});

export default {
  views: {
    'tasklist.navbar.action': {
      id: 'banhao-navigation',
      priority: 1000,
      controller: ['$scope', $scope => {
        $scope.entries = [];
        $scope.root = root;
        call(`${root}/api/navigation`).then(entries => $scope.$applyAsync(() => {
          const elsewhere = entries.filter(entry => !entry.href.startsWith('/camunda/app/tasklist/'));
          $scope.entries = elsewhere.filter(entry => entry.href !== ACCOUNT);
          intoAccount(elsewhere.filter(entry => entry.href === ACCOUNT));
        }), error => console.warn('The ways to other pages could not be read', error));
      }],
      template: '<a class="bh-entry" ng-repeat="entry in entries" ng-href="{{ root + entry.href }}">{{ entry.label }}</a>'
    }
  },
  run: mayStart
};
