'use strict';

/** Small helpers the rules share. An element is a moddle element as bpmnlint hands it over. */

const CHINESE = /[\u4e00-\u9fff]/;

const is = (node, type) => Boolean(node && node.$instanceOf && node.$instanceOf(type));
const isAny = (node, types) => types.some((type) => is(node, type));

/** An attribute of the camunda namespace as written in the file; the engine's defaults do not count. */
const camunda = (node, name) =>
  Object.prototype.hasOwnProperty.call(node, name) || Object.prototype.hasOwnProperty.call(node, `camunda:${name}`)
    ? node.get(`camunda:${name}`)
    : node.$attrs?.[`camunda:${name}`];

const extensions = (node) => node.extensionElements?.values ?? [];

const outgoing = (node) => node.outgoing ?? [];
const incoming = (node) => node.incoming ?? [];

const documentation = (node) => (node.documentation ?? []).map((d) => d.text ?? '').join('\n').trim();

const processOf = (node) => {
  let at = node;
  while (at && !is(at, 'bpmn:Process')) at = at.$parent;
  return at;
};

/** One expression, and nothing but one: ${…}. */
const isExpression = (text) => /^\s*[$#]\{[^{}]+\}\s*$/.test(text ?? '');

/** A call of a bean, such as ${deadlines.due(execution, 'firstReview')}. */
const isBeanCall = (text) => /^\s*\$\{\s*!?\s*[a-z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*\(.*\)\s*\}\s*$/s.test(text ?? '');

/** Inner texts of all ${…} and #{…} in a text. */
const expressions = (text) => [...String(text ?? '').matchAll(/[$#]\{([^}]*)\}/g)].map((m) => m[1]);

/**
 * All texts of an element in which the engine would look for expressions: its own attributes and those of its
 * extension elements, conditions, timers; not names and documentation.
 */
function* texts(node, seen = new Set()) {
  if (!node || typeof node !== 'object' || seen.has(node)) return;
  seen.add(node);
  for (const property of node.$descriptor?.properties ?? []) {
    if (property.isReference || property.ns?.localName === 'documentation') continue;
    const value = node[property.name] ?? node[property.ns?.localName];
    if (typeof value === 'string') yield [property.ns?.localName ?? property.name, value, node];
    else if (Array.isArray(value) && ['extensionElements', 'values', 'inputParameters', 'outputParameters', 'entries', 'items', 'fields', 'eventDefinitions'].includes(property.ns?.localName)) {
      for (const child of value) yield* texts(child, seen);
    } else if (value && typeof value === 'object' && !Array.isArray(value) && ['extensionElements', 'conditionExpression', 'timeDate', 'timeDuration', 'timeCycle', 'loopCharacteristics', 'completionCondition', 'loopCardinality', 'inputOutput', 'definition', 'script', 'condition'].includes(property.ns?.localName)) {
      yield* texts(value, seen);
    }
  }
  for (const [name, value] of Object.entries(node.$attrs ?? {})) {
    if (typeof value === 'string') yield [name, value, node];
  }
  // extension elements that the descriptor does not know
  for (const child of node.$children ?? []) yield* texts(child, seen);
  if (typeof node.$body === 'string') yield ['text', node.$body, node];
}

module.exports = {
  CHINESE, is, isAny, camunda, extensions, outgoing, incoming, documentation, processOf,
  isExpression, isBeanCall, expressions, texts
};
