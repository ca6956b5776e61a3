/**
 * Runs the cases of a folder against the lint: node web/lint/cases.mjs src/test/models
 * A case is a small change of a good model: it must be found by its rule and by no other; its neighbour, another
 * change close by, must pass. Prints one JSON object a line, for the JUnit test that asks for them.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { line, lint, read } from './bundle.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(process.argv[2]);
const good = read(path.join(root, 'good'));
const allowed = JSON.parse(fs.readFileSync(path.join(root, 'good', 'allowed-beans.json'), 'utf8'));

function changed(files, { file, replace, by, add, remove, rename }) {
  const result = new Map(files);
  const path = `${/\.bpmn$/.test(file) ? 'bpmn' : /\.dmn$/.test(file) ? 'dmn' : 'forms'}/proposal/${file}`;
  if (add !== undefined) result.set(path, add);
  else if (remove) result.delete(path);
  else if (rename) {
    result.set(path.replace(file, rename), result.get(path));
    result.delete(path);
  } else {
    const text = result.get(path);
    if (text === undefined) throw new Error(`no good model ${path}`);
    if (!text.includes(replace)) throw new Error(`${file} does not hold ${replace}`);
    result.set(path, text.split(replace).join(by));
  }
  return result;
}

const relevant = (findings) => findings.filter((finding) => finding.category !== 'info');

for (const entry of fs.readdirSync(path.join(root, 'bad')).filter((name) => name.endsWith('.json')).sort()) {
  for (const example of JSON.parse(fs.readFileSync(path.join(root, 'bad', entry), 'utf8'))) {
    const name = `${entry.replace('.json', '')}: ${example.name}`;
    const problems = [];
    try {
      const bad = relevant(await lint(changed(good, example.bad), allowed));
      if (!bad.some((f) => f.rule === example.rule)) problems.push(`not found by ${example.rule}: ${bad.map(line).join(' | ')}`);
      const others = bad.filter((f) => f.rule !== example.rule && !(example.also ?? []).includes(f.rule));
      if (others.length) problems.push(`found by others too: ${others.map(line).join(' | ')}`);
      const neighbour = example.neighbour ? relevant(await lint(changed(good, example.neighbour), allowed)) : [];
      if (neighbour.length) problems.push(`its neighbour does not pass: ${neighbour.map(line).join(' | ')}`);
    } catch (error) {
      problems.push(String(error.message));
    }
    console.log(JSON.stringify({ name, rule: example.rule, problems }));
  }
}
const clean = relevant(await lint(good, allowed));
console.log(JSON.stringify({ name: 'the good models have no finding', rule: '', problems: clean.map(line) }));
