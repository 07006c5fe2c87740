/**
 * What Pulumi's dynamic provider host evaluates to get this package's provider, and so what every resource's state
 * carries, twice, for ever: it finds the package `pulumi-cognito-domain-settings` from the working folder and takes
 * `provider` from its entry `./provider`. Being text, and not a serialized closure, it is the same on every machine and
 * from one version of this package, of Pulumi and of TypeScript to the next; it holds no path; an upgraded package takes
 * effect at once; and no program spends time on serializing it.
 *
 * Where the program does not depend on this package itself, a package that it does depend on may (a shared component
 * under pnpm, which hides other packages' dependencies): hence the second look, from the direct dependencies' folders.
 *
 * The text is a promise: states written by any version are read by every later one. Change it only to mend it.
 */
export const PROVIDER_LOADER = `// The provider of pulumi-cognito-domain-settings, from where the program runs.
exports.handler = () => {
    const { createRequire } = require("module"), fs = require("fs"), path = require("path");
    const name = "pulumi-cognito-domain-settings", cwd = process.cwd();
    const entry = (folder) => {
        try {
            return createRequire(folder + path.sep).resolve(name + "/provider");
        } catch (e) {
            if (!/^(MODULE_NOT_FOUND|ERR_PACKAGE_PATH_NOT_EXPORTED)$/.test(e.code)) throw e;
        }
    };
    const dependencies = (folder) => {
        const file = path.join(folder, "package.json");
        if (!fs.existsSync(file)) return folder === path.dirname(folder) ? [] : dependencies(path.dirname(folder));
        const { dependencies: a, devDependencies: b } = JSON.parse(fs.readFileSync(file, "utf8"));
        const roots = createRequire(file).resolve.paths("x");
        return Object.keys({ ...a, ...b }).flatMap((d) => roots.map((r) => path.join(r, d))).filter(fs.existsSync).map((d) => fs.realpathSync(d));
    };
    let file = entry(cwd);
    for (const folder of file ? [] : dependencies(cwd)) file ??= entry(folder);
    if (file) return require(file).provider;
    const error = new Error(\`the package \${name} cannot be found from \${cwd}: run "npm install \${name}" there.\`);
    error.stack = error.message;
    error.toString = () => name;
    throw error;
};
`;
