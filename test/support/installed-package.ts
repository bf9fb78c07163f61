import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = resolve(__dirname, "../..");

// What those install who deploy clusters: everybody else goes without.
const kubernetes = process.env.HEADWATER_TEST_KUBERNETES ? ["@pulumi/kubernetes", "@kubernetes/client-node"] : [];

/** What `pulumi new typescript` writes, with this package as a dependency. */
function packageJson(tarball: string) {
  const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    devDependencies: Record<string, string>;
  };
  return {
    name: "fresh",
    main: "index.ts",
    devDependencies: { "@types/node": "^22", typescript: "^5.0.0" },
    dependencies: {
      ...Object.fromEntries(
        ["@pulumi/pulumi", "@pulumi/policy", ...kubernetes].map((name) => [name, own.devDependencies[name]]),
      ),
      headwater: `file:${tarball}`,
    },
  };
}

/** The tsconfig.json of `pulumi new typescript`. */
export const templateTsconfig = {
  compilerOptions: {
    strict: true,
    outDir: "bin",
    target: "es2020",
    module: "commonjs",
    moduleResolution: "node",
    sourceMap: true,
    experimentalDecorators: true,
    pretty: true,
    noFallthroughCasesInSwitch: true,
    noImplicitReturns: true,
    forceConsistentCasingInFileNames: true,
  },
  files: ["index.ts"],
};

/** The tsconfig.json of `cdk8s init typescript-app`. */
export const cdk8sTsconfig = {
  compilerOptions: {
    alwaysStrict: true,
    declaration: true,
    experimentalDecorators: true,
    inlineSourceMap: true,
    inlineSources: true,
    lib: ["es2016"],
    module: "CommonJS",
    noEmit: false,
    noEmitOnError: true,
    noFallthroughCasesInSwitch: true,
    noImplicitAny: true,
    noImplicitReturns: true,
    noImplicitThis: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    resolveJsonModule: true,
    strict: true,
    strictNullChecks: true,
    strictPropertyInitialization: true,
    stripInternal: true,
    target: "ES2017",
  },
  include: ["**/*.ts"],
  exclude: ["node_modules"],
};

/** Installs the tarball that was packed for all tests beside cdk8s, as its template does; answers the folder. */
export async function installBesideCdk8s(): Promise<string> {
  const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    devDependencies: Record<string, string>;
  };
  const names = ["cdk8s", "constructs", "typescript"];
  const versions = Object.fromEntries(names.map((name) => [name, own.devDependencies[name] as string]));
  return installAlone("commonjs", { ...versions, "@types/node": "^22" });
}

/** Installs the tarball that was packed for all tests into an otherwise empty project; answers the folder. */
export async function installAlone(
  type: "commonjs" | "module",
  others: Readonly<Record<string, string>> = {},
): Promise<string> {
  const packed = process.env.HEADWATER_TEST_INSTALL as string;
  const tarball = readdirSync(packed).find((file) => file.endsWith(".tgz")) as string;
  const folder = mkdtempSync(join(tmpdir(), "headwater-alone-"));
  const dependencies = { ...others, headwater: `file:${join(packed, tarball)}` };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "alone", private: true, type, dependencies }));
  await run("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: folder });
  return folder;
}

/** Packs the built package and installs the tarball into a fresh folder outside the repository; answers the folder. */
export async function packAndInstall(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "headwater-install-"));
  const { stdout } = await run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: root });
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify(packageJson(join(folder, stdout.trim().split("\n").at(-1) ?? ""))),
  );
  await run("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: folder });
  return folder;
}
