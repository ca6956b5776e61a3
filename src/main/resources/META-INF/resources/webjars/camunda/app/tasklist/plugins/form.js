// The form in Tasklist: the current form-js in place of the built-in one. Drafts live on the server, files are stored
// when chosen, a refusal stands at its field, nothing happens while a pinyin composition runs.
//
//   GET    /api/drafts/{step}      the draft as JSON object, {} when there is none
//   PUT    /api/drafts/{step}      one second after the last change
//   POST   /api/documents          multipart step, file → {id, name, size}
//   DELETE /api/documents/{id}     takes an upload back that was not handed in
// step is the task's id or start:<process>.
import { fieldsOf, hasError, mindComposition, open, style, travelling, valueOf, viewer } from './answer.js';
import { call, element, engine, json, notice, root } from './house.js';

const QUIET = 1000;
const AGAIN = 10000;
const KEEPALIVE_LIMIT = 60000; // browsers take 64 KiB in all on leaving

const variable = value => (value !== null && typeof value === 'object' ? { type: 'Json', value: JSON.stringify(value) } : { value });

// Almost everything can be taken back for some minutes; who does what cannot is asked once more.
const cannotBeTakenBack = (taskId, answer) => call(`${root}/api/steps/${encodeURIComponent(taskId)}/final`, json('POST', answer))
  .then(said => said.final, () => false);

function sure() {
  return new Promise(resolve => {
    const box = element('dialog', 'bh-sure', '', { 'aria-labelledby': 'bh-sure-words' });
    const actions = element('p', 'bh-sure-actions');
    const yes = element('button', 'btn btn-primary bh-sure-yes', '确定提交', { type: 'button' });
    const no = element('button', 'btn btn-default', '返回核对', { type: 'button' });
    yes.onclick = () => box.close('yes');
    no.onclick = () => box.close();
    box.addEventListener('close', () => {
      box.remove();
      resolve(box.returnValue === 'yes');
    });
    actions.append(yes, no);
    box.append(element('p', '', '这一步提交以后立即生效，不能撤回。确定提交吗？', { id: 'bh-sure-words' }), actions);
    document.body.append(box);
    box.showModal();
    yes.focus();
  });
}

function link($scope, $element, ctrl, Notifications) {
  const { taskId, processDefinitionId } = ctrl.getParams();
  const step = taskId || `start:${processDefinitionId.split(':')[0]}`;
  const own = taskId ? `${engine}/task/${encodeURIComponent(taskId)}` : `${engine}/process-definition/${encodeURIComponent(processDefinitionId)}`;
  const drafts = `${root}/api/drafts/${encodeURIComponent(step)}`;

  const hint = element('div', 'bh-hint');
  const box = element('div', 'bh-form');
  const state = element('p', 'bh-draft', '', { role: 'status' });
  $element[0].append(hint, box, state);
  const composing = mindComposition(box);

  let form;
  let schema;
  let fields = new Map();
  let address;
  let saved = '{}';
  let timer;
  let saving = Promise.resolve();
  let sending = false;
  let told = false;
  let uploading = 0;
  let unanswered = false; // an answer was sent and nobody said whether it arrived
  let generation = 0;

  const writable = () => !ctrl.getOptions().disableForm;
  const invalid = broken => ctrl.notifyFormValidated(broken || uploading > 0);
  ctrl.notifyFormValidated(true); // until the form stands

  // drafts --------------------------------------------------------------------------------------------------------

  const draft = () => {
    const data = form._getState().data;
    const out = {};
    for (const [key, field] of fields) {
      const value = data[key];
      if (open(field) && value !== undefined && value !== null && value !== '') out[key] = value;
    }
    return JSON.stringify(out);
  };
  const clock = () => new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'Asia/Shanghai' }).format(new Date());
  const save = async leaving => {
    clearTimeout(timer);
    timer = undefined;
    if (!form || !writable() || sending) return;
    if (composing() && !leaving) return soon();
    const text = draft();
    if (text === saved) return;
    try {
      const keepalive = leaving && new TextEncoder().encode(text).length < KEEPALIVE_LIMIT;
      saving = call(drafts, { method: 'PUT', body: text, keepalive, headers: { 'Content-Type': 'application/json' } });
      await saving;
      saved = text;
      state.textContent = `草稿已保存（${clock()}），换一台电脑也能接着办理。`;
      state.classList.remove('bh-wrong');
    } catch (error) {
      if (leaving || error.status === 401) return;
      state.textContent = `草稿未能保存：${error.message}`;
      state.classList.add('bh-wrong');
      if (error.status === 0 || error.status >= 500) timer = setTimeout(() => save(), AGAIN);
    }
  };
  function soon() {
    clearTimeout(timer);
    timer = setTimeout(() => save(), QUIET);
  }
  // stock listens for this key only where its own forms are
  $scope.$on('shortcut:focusForm', () => box.querySelector(':is(input:not([type=file]), textarea, select):not([disabled])')?.focus());
  const leave = () => { if (timer) save(true); };
  const hidden = () => { if (document.visibilityState === 'hidden') leave(); };
  document.addEventListener('visibilitychange', hidden);
  window.addEventListener('pagehide', leave);
  ctrl.registerSaveHandler(() => save());

  // files ---------------------------------------------------------------------------------------------------------

  const files = {
    async store(file) {
      const parts = new FormData();
      parts.append('step', step);
      parts.append('file', file, file.name);
      uploading++;
      invalid(false);
      try {
        const { id, name, size, bytes } = await call(`${root}/api/documents`, { method: 'POST', body: parts });
        return { id, name, size: size ?? bytes };
      } finally {
        uploading--;
        invalid(false);
      }
    },
    discard: id => call(`${root}/api/documents/${encodeURIComponent(id)}`, { method: 'DELETE' })
  };

  // opening -------------------------------------------------------------------------------------------------------

  function explain() {
    hint.replaceChildren();
    if (writable()) return;
    const claim = document.querySelector('[cam-tasklist-task-meta] button.claim');
    hint.append(element('span', '', claim ? '这件待办还没有人签收，签收后即可填写。' : '这件待办已由他人签收，您只能查看。'));
    if (!claim) return;
    const button = element('button', 'btn btn-primary bh-claim', '签收', { type: 'button' });
    button.onclick = () => { button.disabled = true; claim.click(); setTimeout(() => { button.disabled = false; }, 3000); };
    hint.append(button);
  }

  async function load() {
    const mine = ++generation;
    try {
      style();
      const [{ Form, FilesModule }, shape, variables, kept] = await Promise.all([
        viewer.catch(() => { throw new Error('表单组件未能读取。请刷新页面；仍不行请联系系统管理员。'); }),
        call(`${address}?noCache=${Date.now()}`),
        call(`${own}/form-variables?deserializeValues=false`).catch(error => {
          if (!taskId && (error.status === 404 || error.status === 403)) return {};
          throw error;
        }),
        writable() ? call(drafts).catch(error => {
          notice(`上次的草稿未能读取：${error.message}`, 'draft-failed');
          return {};
        }) : {}
      ]);
      if (mine !== generation) return;
      schema = shape;
      fields = fieldsOf(schema);
      const data = {};
      for (const [key, shown] of Object.entries(variables || {})) data[key] = valueOf(shown);
      let restored = 0;
      for (const [key, value] of Object.entries(kept || {})) {
        if (!fields.has(key) || !open(fields.get(key))) continue;
        data[key] = value;
        restored++;
      }
      form?.destroy();
      box.replaceChildren();
      // a link in a text opens beside the half-filled form, not in its place
      const next = new Form({ container: box, debounce: false, files, additionalModules: [FilesModule], properties: { textLinkTarget: '_blank' } });
      form = undefined;
      await next.importSchema(schema, data);
      if (mine !== generation) return next.destroy();
      form = next;
      form.setProperty('readOnly', !writable());
      saved = draft();
      state.textContent = restored ? '已恢复上次保存的草稿。' : '';
      form.on('submit', () => { if (!sending) ctrl.attemptComplete(); });
      form.on('changed', () => {
        ctrl.notifyFormDirty(true);
        invalid(false);
        if (told && !sending) {
          told = false;
          Notifications.clearAll(); // the person is mending it
        }
        if (writable()) soon();
      });
      explain();
      ctrl.notifyFormInitialized();
      invalid(false);
      if (ctrl.getOptions().autoFocus) box.querySelector('input:not([disabled]):not([type=file]), textarea:not([disabled])')?.focus();
    } catch (error) {
      console.error(error);
      if (mine === generation) ctrl.notifyFormInitializationFailed({ message: error.message });
    }
  }

  // handing in ----------------------------------------------------------------------------------------------------

  const toFirstWrong = () => {
    const field = box.querySelector('.fjs-has-errors');
    if (!field) return;
    field.scrollIntoView({ block: 'center' });
    field.querySelector('input:not([type=file]), textarea, button, [tabindex]')?.focus({ preventScroll: true });
  };

  function refuse(error) {
    const field = fields.get(error.field);
    if (!field) return;
    // a field's errors are kept under its id; a list's under the id of the list
    form._setState({ errors: { ...form._getState().errors, [field.id]: [error.message] } });
    requestAnimationFrame(() => {
      const shown = box.querySelector('.fjs-has-errors');
      if (shown || field.type !== 'dynamiclist') toFirstWrong();
    });
  }

  async function gone() {
    try {
      await call(own);
      return false;
    } catch (error) {
      return error.status === 404;
    }
  }

  async function send() {
    const { data, errors } = form.submit();
    if (hasError(errors)) {
      requestAnimationFrame(toFirstWrong);
      const count = Object.values(errors).filter(hasError).length;
      throw Object.assign(new Error(`有 ${count} 项需要更正，已在表单中标出。`), { checked: true });
    }
    if (uploading) throw Object.assign(new Error('文件还在上传，请稍候再提交。'), { checked: true });
    const answer = travelling(schema, data);
    if (taskId && await cannotBeTakenBack(taskId, answer) && !await sure()) {
      throw Object.assign(new Error('没有提交，请核对后再提交。'), { checked: true });
    }
    clearTimeout(timer);
    timer = undefined;
    await saving.catch(() => {}); // a draft on its way must not arrive after the answer that ends it
    const variables = {};
    for (const [key, value] of Object.entries(answer)) variables[key] = variable(value);
    try {
      return await call(`${own}/submit-form`, json('POST', { variables }));
    } catch (error) {
      if (error.status === 0) {
        unanswered = true;
        throw Object.assign(error, {
          message: taskId ? '网络中断，不知道是否已提交。已填内容仍在，请检查网络后再点一次，不会重复提交。'
            : '网络中断，不知道是否已发起。请先看列表中是否已有此件，没有再点一次。'
        });
      }
      // the earlier attempt had arrived after all
      if (unanswered && taskId && error.status >= 400 && await gone()) return null;
      unanswered = false;
      throw error;
    }
  }

  ctrl.registerCompletionHandler(async done => {
    if (sending || !form) return;
    sending = true;
    try {
      Notifications.clearAll();
      const result = await send();
      generation++; // nothing is saved or shown any more
      saved = draft();
      done(null, result);
      // the part retract offers the way back; there is none from a start
      if (taskId) window.dispatchEvent(new CustomEvent('bh-handed-in'));
    } catch (error) {
      console.warn(error);
      sending = false;
      if (!error.checked) {
        refuse(error);
        if (error.status === 0 || error.status >= 500) soon();
      }
      done({ ...error, message: error.message });
      setTimeout(() => { told = true; }, 500); // showing the errors is itself a change
    } finally {
      sending = false;
      if (!$scope.$$destroyed) $scope.$applyAsync();
    }
  });

  $scope.$watch('asynchronousFormKey', key => {
    if (!key || !key.key || key.key === address) return;
    address = key.key;
    load();
  }, true);
  // claimed, given back: the form is opened anew, now with the person's draft
  $scope.$watch(() => ctrl.getOptions().disableForm, (now, before) => { if (now !== before && address) load(); });
  $scope.$on('$destroy', () => {
    leave();
    generation++;
    document.removeEventListener('visibilitychange', hidden);
    window.removeEventListener('pagehide', leave);
    clearTimeout(timer);
    try {
      form?.destroy();
    } catch (error) {
      console.warn(error);
    }
  });
}

export default {
  config: ['$provide', $provide => {
    $provide.decorator('camTasklistFormCamundaDirective', ['$delegate', 'Notifications', ($delegate, Notifications) => {
      const directive = $delegate[0];
      delete directive.link;
      directive.compile = () => ($scope, $element, attributes, ctrl) => {
        try {
          link($scope, $element, ctrl, Notifications);
        } catch (error) {
          console.error(error);
          ctrl.notifyFormInitializationFailed({ message: '表单未能打开。请刷新页面；仍不行请联系系统管理员。' });
        }
      };
      return $delegate;
    }]);
  }]
};
