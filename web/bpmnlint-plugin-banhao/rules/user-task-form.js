'use strict';

const { camunda, extensions, is, processOf } = require('../lib');

/** Each user task shows its own form, of the same deployment, so that what was shown is what is checked. */
module.exports = function () {
  function form(node, reporter, name) {
    const ref = camunda(node, 'formRef');
    if (camunda(node, 'formKey') || extensions(node).some((e) => is(e, 'camunda:FormData'))) {
      reporter.report(node.id, 'forms are .form files named by camunda:formRef, no form key and no generated form');
    }
    if (!ref) return name === 'start' ? undefined : reporter.report(node.id, 'camunda:formRef is missing');
    if (camunda(node, 'formRefBinding') !== 'deployment') {
      reporter.report(node.id, 'camunda:formRefBinding must be deployment: another binding may change between showing and answering');
    }
    const expected = `${processOf(node)?.id}_${name}`;
    if (ref !== expected) reporter.report(node.id, `camunda:formRef must be ${expected}`);
  }

  function check(node, reporter) {
    if (is(node, 'bpmn:UserTask')) form(node, reporter, (node.id ?? '').replace(/^userTask_/, ''));
    else if (is(node, 'bpmn:StartEvent') && is(node.$parent, 'bpmn:Process')) form(node, reporter, 'start');
  }

  return { check };
};
