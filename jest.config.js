const transform = {
  "^.+\\.ts$": [
    "@swc/jest",
    { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
  ],
};

/** Real clusters on a real Kubernetes: `npm run test:kubernetes`. */
const kubernetes = {
  displayName: "kubernetes",
  testEnvironment: "node",
  transform,
  testMatch: ["<rootDir>/test/kubernetes/**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/.headwater/", "<rootDir>/dist/"],
  globalSetup: "<rootDir>/test/support/global-setup.ts",
  globalTeardown: "<rootDir>/test/support/global-teardown.ts",
};

/** `unit` needs nothing but the sources; `integration` real servers, the real engine and the packed tarball. */
module.exports = {
  projects: [
    {
      displayName: "unit",
      testEnvironment: "node",
      transform,
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: [
        "/node_modules/",
        "<rootDir>/test/integration/",
        "<rootDir>/test/kubernetes/",
        "<rootDir>/.headwater/",
      ],
      modulePathIgnorePatterns: ["<rootDir>/.headwater/", "<rootDir>/dist/"],
      moduleNameMapper: {
        "^headwater$": "<rootDir>/index.ts",
        "^headwater/model$": "<rootDir>/model-entry.ts",
        "^headwater/cdk8s$": "<rootDir>/constructs/cdk8s/index.ts",
      },
    },
    {
      displayName: "integration",
      testEnvironment: "node",
      transform,
      testMatch: ["<rootDir>/test/integration/**/*.test.ts"],
      modulePathIgnorePatterns: ["<rootDir>/.headwater/", "<rootDir>/dist/"],
      globalSetup: "<rootDir>/test/support/global-setup.ts",
      globalTeardown: "<rootDir>/test/support/global-teardown.ts",
    },
    ...(process.env.HEADWATER_TEST_KUBERNETES ? [kubernetes] : []),
  ],
  testTimeout: process.env.HEADWATER_TEST_KUBERNETES ? 600_000 : 180_000,
};
