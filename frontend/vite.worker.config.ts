// The service worker keeps one stable name, since its address is its identity.
import { defineConfig } from "vite";

export default defineConfig({
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "chrome100",
    rollupOptions: { input: "worker/sw.ts", output: { entryFileNames: "sw.js" } },
  },
});
