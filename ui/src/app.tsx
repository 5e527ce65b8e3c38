import { Container, Loader, MantineProvider } from "@mantine/core";
import { lazy, Suspense } from "react";
import { Route, Router, Switch, useLocation } from "wouter";
import { basePath } from "./api/base-path.ts";
import { useSession } from "./api/queries.ts";
import { CrashBoundary } from "./components/crash-boundary.tsx";
import { ErrorState } from "./components/error-state.tsx";
import { PageSkeleton } from "./components/page-skeleton.tsx";
import { ToastProvider } from "./components/toasts.tsx";
import { LanguageProvider } from "./i18n/language-provider.tsx";
import { PageLayout } from "./layout/page-layout.tsx";
import { styleNonce } from "./style-nonce.ts";
import { cssVariables, theme } from "./theme.ts";

const TypesPage = lazy(() => import("./pages/types-page.tsx"));
const TypePage = lazy(() => import("./pages/type-page.tsx"));
const ItemsPage = lazy(() => import("./pages/items-page.tsx"));
const ItemPage = lazy(() => import("./pages/item-page.tsx"));
const HistoryPage = lazy(() => import("./pages/history-page.tsx"));
const ProcessesPage = lazy(() => import("./pages/processes-page.tsx"));
const NotFoundPage = lazy(() => import("./pages/not-found-page.tsx"));

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
        <ToastProvider>
          <Router base={basePath}>
            <PageLayout session={session.data}>
              <Pages />
            </PageLayout>
          </Router>
        </ToastProvider>
      )}
    </LanguageProvider>
  );
}

function Pages() {
  const [location] = useLocation();
  return (
    // The key lets a page that broke be left by going to another one.
    <CrashBoundary key={location}>
      <Suspense fallback={<PageSkeleton />}>
        <Switch>
          <Route path="/" component={TypesPage} />
          <Route path="/types/:typeId">{({ typeId }) => <TypePage key={typeId} typeId={typeId} />}</Route>
          <Route path="/items" component={ItemsPage} />
          <Route path="/items/:itemId">{({ itemId }) => <ItemPage key={itemId} itemId={itemId} />}</Route>
          <Route path="/history" component={HistoryPage} />
          <Route path="/processes" component={ProcessesPage} />
          <Route component={NotFoundPage} />
        </Switch>
      </Suspense>
    </CrashBoundary>
  );
}
