import { type CSSVariablesResolver, createTheme } from "@mantine/core";

export const theme = createTheme({
  primaryColor: "indigo",
  primaryShade: 8,
  defaultRadius: "md",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Vazirmatn, "Noto Sans Arabic", sans-serif',
  components: {
    // Inside of the page's landmarks, and without the placeholder that takes the focus of a menu's first item.
    Menu: { defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } },
    Modal: {
      // The head of a dialog is no banner of the page, which its element would make it.
      defaultProps: { centered: true, attributes: { header: { role: "none" } } },
      styles: { title: { fontWeight: 600 } },
    },
  },
});

/** Mantine's own greys and reds are too pale for small text: these have a contrast of at least 4.5 to 1. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#f8f9fb",
    "--mantine-color-text": "#1b1e23",
    "--mantine-color-dimmed": "#545b66",
    "--mantine-color-placeholder": "#656c77",
    "--mantine-color-error": "#b42318",
    "--mantine-color-anchor": "#364fc7",
  },
  dark: {
    "--mantine-color-body": "#15171b",
    "--mantine-color-text": "#dde1e7",
    "--mantine-color-dimmed": "#a4abb6",
    "--mantine-color-placeholder": "#949ba6",
    "--mantine-color-error": "#ff8f87",
    "--mantine-color-anchor": "#a5b8ff",
  },
});
