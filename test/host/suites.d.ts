/** Made by esbuild.mjs: imports every file of test/host/suite that ends in `.test.ts`. */
declare module "host-suites" {}
