// Number, unit, title and due light on every card, from the fields our list adds to each task: no request per card.
// A native AngularJS view gets the whole task; the documented plug-in point gets only its id.
import { nearness } from './house.js';

const LIGHTS = { ok: '正常', soon: '临近', late: '逾期', none: '无期限' };
const date = text => {
  const [, year, month, day, hour, minute] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(text) || [];
  return year ? `期限 ${year}年${+month}月${+day}日 ${hour}:${minute}` : '';
};

export default {
  views: {
    'tasklist.card': {
      id: 'banhao-card',
      priority: 1000,
      controller: ['$scope', function ($scope) {
        const task = $scope.task || {};
        const light = Object.hasOwn(LIGHTS, task.dueLight) ? task.dueLight : nearness(task.due).light; // of a process nobody described yet: from the date alone
        $scope.light = light;
        $scope.lightWord = LIGHTS[light];
        $scope.lightText = task.dueText || (task.due ? date(task.due) : '');
      }],
      template: `
        <div class="bh-card">
          <div class="bh-card-title" ng-if="task.caseTitle">{{ task.caseTitle }}</div>
          <div class="bh-card-line" ng-if="task.caseNumber">
            <span class="bh-card-number">{{ task.caseNumber }}</span>
            <span class="bh-card-key" ng-if="task.key">重点</span>
            <span class="bh-card-unit" ng-if="task.unit">{{ task.unit }}</span>
            <span class="bh-card-unit" ng-if="task.standsInFor">代{{ task.standsInFor }}办理</span>
          </div>
          <div class="bh-due bh-due-{{ light }}"><span class="bh-due-word">{{ lightWord }}</span><span class="bh-due-text" ng-if="lightText">{{ lightText }}</span></div>
        </div>`
    }
  }
};
