// One box above the list. The text goes to the server as nameLike; our list looks for it in number, title,
// unit and step, and for letters in their pinyin. Not while a pinyin composition runs.
const WAIT = 400;

export default {
  views: {
    'tasklist.list': {
      id: 'banhao-search',
      priority: 100,
      controller: ['$scope', '$timeout', 'search', function ($scope, $timeout, search) {
        const data = $scope.tasklistData.newChild($scope);
        const nothing = { processVariables: [], taskVariables: [], caseInstanceVariables: [] };
        let planned;
        let asked = '';
        $scope.box = { text: '' };
        $scope.find = () => {
          $timeout.cancel(planned);
          const text = $scope.box.text.normalize('NFKC').trim().replace(/[%\\]/g, '');
          if (text === asked) return;
          asked = text;
          search.updateSilently({ page: 1 });
          data.set('searchQuery', text ? { ...nothing, nameLike: `%${text}%` } : nothing);
        };
        $scope.soon = () => {
          $timeout.cancel(planned);
          planned = $timeout($scope.find, WAIT);
        };
        $scope.clear = () => {
          $scope.box.text = '';
          $scope.find();
          document.getElementById('bh-search').focus();
        };
        // from the box straight into the list
        $scope.down = event => {
          const first = document.querySelector('[cam-tasks] .tasks-list li:first-child a');
          if (event.key !== 'ArrowDown' || event.isComposing || !first) return;
          event.preventDefault();
          first.focus();
        };
        $scope.$on('$destroy', () => $timeout.cancel(planned));
      }],
      // AngularJS' own input handling waits for compositionend, so ng-change is never called while composing
      template: `
        <form class="bh-search" role="search" ng-submit="find()">
          <label class="sr-only" for="bh-search">在待办中查找</label>
          <input id="bh-search" type="text" class="form-control" autocomplete="off" maxlength="100"
                 placeholder="编号、标题、单位或拼音首字母" ng-model="box.text" ng-model-options="{ debounce: 0 }" ng-trim="false" ng-change="soon()" ng-keydown="down($event)">
          <button type="button" class="bh-search-clear" ng-if="box.text" ng-click="$parent.clear()">清除</button>
        </form>`
    }
  }
};
