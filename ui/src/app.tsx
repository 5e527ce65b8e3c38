import { Container, Loader, MantineProvider } from "@mantine/core";
import { useEffect } from "react";
import { Route, Router, Switch, useLocation } from "wouter";
import { basePath } from "./api/base-path.ts";
import { useSession } from "./api/queries.ts";
import { useArrival } from "./arrival.ts";
import { CrashBoundary } from "./components/crash-boundary.tsx";
import { ErrorState } from "./components/error-state.tsx";
import { ToastProvider } from "./components/toasts.tsx";
import { LanguageProvider } from "./i18n/language-provider.tsx";
import { PageLayout } from "./layout/page-layout.tsx";
import OverviewPage from "./pages/overview-page.tsx";
import { pages } from "./pages.ts";
import { ReasonProvider } from "./reasons/reason-provider.tsx";
import { lazyServeNow } from "./serve-now/lazy-serve-now.ts";
import { styleNonce } from "./style-nonce.ts";
import { cssVariables, theme } from "./theme.ts";

/** How long the first page has the line for itself. */
const headStartMs = 1_000;

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <SignedIn />
    </MantineProvider>
  );
}

function SignedIn() {
  const session = useSession();
  if (session.isPending) return <Loader m="xl" />;
  return (
    <LanguageProvider hostLocale={session.data?.locale ?? null}>
      {session.data === undefined ? (
        <Container size="sm" py="xl" component="main">
          <ErrorState error={session.error} onRetry={session.refetch} />
        </Container>
      ) : (
        <ReasonProvider>
          <ToastProvider>
            <Router base={basePath}>
              <PageLayout session={session.data}>
                <Pages />
              </PageLayout>
            </Router>
          </ToastProvider>
        </ReasonProvider>
      )}
    </LanguageProvider>
  );
}

function Pages() {
  const [location] = useLocation();
  useArrival();

  // Every page opens while the server is away, to say just that: the code of the others comes beforehand.
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const { fetch } of [...Object.values(pages), lazyServeNow]) fetch().catch(() => undefined);
    }, headStartMs);
    return () => clearTimeout(timer);
  }, []);

  return (
    // The key lets a page that broke be left by going to another one.
    <CrashBoundary key={location}>
      <Switch>
        <Route path="/" component={OverviewPage} />
        <Route path="/types" component={pages.types.Part} />
        <Route path="/types/:typeId">
          {({ typeId }) => <pages.type.Part key={typeId} typeId={typeId} />}
        </Route>
        <Route path="/types/:typeId/add">
          {({ typeId }) => <pages.addItem.Part key={typeId} typeId={typeId} />}
        </Route>
        <Route path="/items" component={pages.items.Part} />
        <Route path="/items/:itemId">
          {({ itemId }) => <pages.item.Part key={itemId} itemId={itemId} />}
        </Route>
        <Route path="/history" component={pages.history.Part} />
        <Route path="/history/changes/:revision">
          {({ revision }) => <pages.change.Part key={revision} revision={revision} />}
        </Route>
        <Route path="/processes" component={pages.processes.Part} />
        <Route component={pages.notFound.Part} />
      </Switch>
    </CrashBoundary>
  );
}
