// Hashed names and a manifest that Django reads; lowered to Chrome 100 (the oldest phones we serve).
import { defineConfig } from "vite";

export default defineConfig({
  base: "/static/",
  publicDir: "public",
  css: { transformer: "lightningcss", lightningcss: { targets: { chrome: 100 << 16 } } },
  build: {
    outDir: "dist",
    manifest: "manifest.json",
    assetsDir: "a",
    assetsInlineLimit: 0,
    cssMinify: "lightningcss",
    cssTarget: "chrome100",
    target: "chrome100",
    modulePreload: false,
    rollupOptions: { input: { app: "behaviours/main.ts", style: "styles/app.css", icons: "icons.svg" } },
  },
});
