/**
 * The text that Pulumi's dynamic provider host evaluates to get this package's provider, and so what every resource's state
 * carries, twice, forever: it finds the package `pulumi-cognito-domain-settings` from the working folder and takes
 * `provider` from its entry `./provider`. A text, unlike a serialized closure, is the same on every machine and in every version;
 * it contains no path; an upgraded package takes effect at once; and no program spends time on serializing it.
 *
 * If the program does not depend on this package itself, a package that it does depend on may (a shared component
 * under pnpm, which hides other packages' dependencies): hence the second lookup, from the direct dependencies' folders.
 *
 * States written by any version are read by every later one: change it only to fix it. It is short, on one line and without double
 * quotes, since JSON's escapes count in the state too.
 */
export const PROVIDER_LOADER = `
exports.handler = () => {
    const { createRequire } = require('module'), fs = require('fs'), cwd = process.cwd(),
        name = 'pulumi-cognito-domain-settings';
    const entry = (dir) => {
        try { return createRequire(dir + '/').resolve(name + '/provider'); }
        catch (e) { if (!/_NOT_(FOUND|EXPORTED)$/.test(e.code)) throw e; }
    };
    const direct = (dir) => {
        const file = dir + '/package.json', up = require('path').dirname(dir);
        if (!fs.existsSync(file)) return up === dir ? [] : direct(up);
        const own = JSON.parse(fs.readFileSync(file)), roots = createRequire(file).resolve.paths('x');
        return Object.keys({ ...own.dependencies, ...own.devDependencies })
            .flatMap((it) => roots.map((root) => root + '/' + it)).filter(fs.existsSync);
    };
    let file = entry(cwd);
    for (const dir of file ? [] : direct(cwd)) file ??= entry(fs.realpathSync(dir));
    if (file) return require(file).provider;
    const stack = \`the package \${name} cannot be found from \${cwd}: run "npm install \${name}" there.\`;
    throw Object.assign(Error(stack), { stack, toString: () => name });
};`
    .trim()
    .replace(/\s*\n\s*/g, " ");
