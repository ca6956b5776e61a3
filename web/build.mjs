// Builds the browser's part into the classes directory: called by Maven (see pom.xml), or by hand: node web/build.mjs --out target/classes
//   <out>/META-INF/resources/webjars/camunda/app/tasklist/vendor/form-viewer.js, form-viewer.css   for Tasklist
//   <out>/static/vendor/htmx.min.js, charts.js                                                     for own pages
// Nothing is done when nothing changed. Third-party files are never committed.
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  console.error(`\n需要 Node.js ${OLDEST_NODE} 或更高版本，当前是 ${process.versions.node}。请升级后重试；只构建后端可加 -Dskip.web=true。`);
  console.error(`Node.js ${OLDEST_NODE} or newer is needed, this is ${process.versions.node}. Upgrade and try again; -Dskip.web=true builds without the browser's part.\n`);
  process.exit(1);
}

const web = dirname(fileURLToPath(import.meta.url));
const at = process.argv.indexOf('--out');
const out = resolve(at > 0 ? process.argv[at + 1] : join(web, '..', 'target', 'classes'));
const tasklist = join(out, 'META-INF', 'resources', 'webjars', 'camunda', 'app', 'tasklist', 'vendor');
const pages = join(out, 'static', 'vendor');
const results = [join(tasklist, 'form-viewer.js'), join(tasklist, 'form-viewer.css'), join(pages, 'htmx.min.js'), join(pages, 'charts.js')];

const digest = (...files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update('\0').update(readFileSync(join(web, file))).update('\0');
  return hash.digest('hex');
};
const own = ['form', 'chart'].flatMap(folder => readdirSync(join(web, folder)).filter(name => name.endsWith('.mjs')).sort().map(name => `${folder}/${name}`));
const lock = digest('package-lock.json');
const page = join(web, '..', 'src', 'main', 'resources', 'static');
const drawn = ending => readdirSync(page, { recursive: true }).filter(name => name.endsWith(ending)).sort().map(name => join(page, name));
const inputs = digest('package-lock.json', 'build.mjs', 'syntax.mjs', ...own, ...['.js', '.css'].flatMap(drawn).map(file => relative(web, file)));

const read = file => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const builtMark = join(out, '..', 'web-build.sha256');
if (read(builtMark) === inputs && results.every(file => existsSync(file))) process.exit(0);

const installedMark = join(web, 'node_modules', '.banhao-lock');
if (read(installedMark) !== lock) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  console.log('Installing the browser libraries (npm ci) …');
  try {
    execFileSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: web, stdio: 'inherit', shell: process.platform === 'win32' });
  } catch (error) {
    console.error('\n浏览器组件未能安装（npm ci 失败）。请检查 npm 是否已安装、软件源是否可以访问。');
    console.error('The browser libraries could not be installed (npm ci failed). Check that npm is there and its registry can be reached.\n');
    process.exit(1);
  }
  writeFileSync(installedMark, lock);
}

const { build, transform } = await import('esbuild');
const { translate, forbidden } = await import('./form/words.mjs');
const { checkScript, checkStyle } = await import('./syntax.mjs');
const TARGET = 'chrome102';

const inChinese = {
  name: 'form-js in Chinese',
  setup(esbuild) {
    esbuild.onLoad({ filter: /form-js-viewer[\\/]dist[\\/]index\.es\.js$/ }, ({ path }) => {
      const contents = translate(readFileSync(path, 'utf8'));
      for (const english of forbidden) {
        const found = english.exec(contents);
        // names of component kinds ("Select") are read by the form editor only
        if (found && !/(name|label): $/.test(contents.slice(0, found.index))) {
          const kinds = contents.replace(/(name|label): '[A-Z][A-Za-z ]*'/g, '');
          if (english.test(kinds)) throw new Error(`form-js: English is left: ${english.exec(kinds)[0]}`);
        }
      }
      return { contents, loader: 'js' };
    });
  },
};

for (const folder of [tasklist, pages]) mkdirSync(folder, { recursive: true });
rmSync(builtMark, { force: true });

await build({
  entryPoints: [join(web, 'form', 'index.mjs')],
  outfile: results[0],
  bundle: true, minify: true, format: 'esm', platform: 'browser', target: TARGET, charset: 'utf8',
  legalComments: 'eof', plugins: [inChinese], logLevel: 'warning',
});
await build({
  entryPoints: [join(web, 'chart', 'index.mjs')],
  outfile: results[3],
  bundle: true, minify: true, format: 'esm', platform: 'browser', target: TARGET, charset: 'utf8',
  define: { 'process.env.NODE_ENV': '"production"' }, legalComments: 'eof', logLevel: 'warning',
});
const css = readFileSync(join(web, 'node_modules', '@bpmn-io', 'form-js-viewer', 'dist', 'assets', 'form-js.css'), 'utf8');
writeFileSync(results[1], (await transform(css, { loader: 'css', minify: true, target: TARGET, charset: 'utf8', legalComments: 'eof' })).code);
writeFileSync(results[2], readFileSync(join(web, 'node_modules', 'htmx.org', 'dist', 'htmx.min.js')));

// what a browser of that age could not read never leaves the build
const scripts = join(web, '..', 'src', 'main', 'resources', 'META-INF', 'resources', 'webjars', 'camunda', 'app', 'tasklist');
const mine = [join(scripts, 'scripts', 'config.js'), ...readdirSync(join(scripts, 'plugins')).filter(n => n.endsWith('.js')).map(n => join(scripts, 'plugins', n))];
const MODULES = ['outlet.js'];
const complaints = [
  ...checkScript(results[0], 'module', true), ...checkScript(results[2], 'script', true), ...checkScript(results[3], 'module', true),
  ...drawn('.js').flatMap(file => checkScript(file, MODULES.includes(basename(file)) ? 'module' : 'script', false)), ...drawn('.css').flatMap(file => checkStyle(file)),
  ...mine.flatMap(file => checkScript(file, 'module', false)),
  ...checkStyle(results[1]), ...checkStyle(join(scripts, 'styles', 'user-styles.css')),
];
if (complaints.length) {
  console.error(complaints.join('\n'));
  process.exit(1);
}
mkdirSync(dirname(builtMark), { recursive: true });
writeFileSync(builtMark, inputs);
