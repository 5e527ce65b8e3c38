export default {
  // The packages are linked from elsewhere, and Next looks at nothing outside of its root.
  turbopack: { root: "/" },
  serverExternalPackages: ["@photostructure/sqlite"],
  // Behind a proxy that strips a part of the path, Next redirects to where nothing is.
  skipTrailingSlashRedirect: true,
  experimental: { cpus: 1 },
};
