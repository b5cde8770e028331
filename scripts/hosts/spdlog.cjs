// Takes the place of the native module @vscode/spdlog in a code-server that was installed without compiling:
// without a logger, VS Code's server runs but every output channel stays empty.
const { appendFileSync, mkdirSync } = require("node:fs");
const path = require("node:path");

const levels = ["trace", "debug", "info", "warn", "error", "critical"];

class Logger {
  constructor(_name, file) {
    mkdirSync(path.dirname(file), { recursive: true });
    this.file = file;
    this.level = levels.indexOf("info");
    this.raw = false;
    for (const [level, method] of levels.entries()) {
      this[method] = (message) => this.write(level, String(message));
    }
  }
  write(level, message) {
    if (level < this.level) return;
    const line = this.raw ? message : `${new Date().toISOString()} [${levels[level]}] ${message}\n`;
    try {
      appendFileSync(this.file, line);
    } catch {
      // The log's folder was removed at shutdown.
    }
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {
    this.raw = true;
  }
  clearFormatters() {
    this.raw = true;
  }
  flush() {}
  drop() {}
}

const nothing = () => {};
const createLogger = async (name, file) => new Logger(name, file);

// One by one: VS Code imports them by name, and Node finds the names of a CommonJS module only when written so.
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = nothing;
exports.setFlushOn = nothing;
exports.shutdown = nothing;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
