import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { connectEngine } from './engine/client.ts';
import { connectStore } from './engine/connect.ts';
import { EngineContext } from './engine/context.ts';
import './theme/tokens.css';
import './theme/base.css';
import './components/components.css';
import './frame/frame.css';

const client = connectEngine();
connectStore(client);
// What a test or a report of a fault wants to know: how many events came, and whether any was missed.
Object.assign(window, { spageneStatistics: () => ({ ...client.statistics }) });

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <EngineContext value={client}>
      <App />
    </EngineContext>
  </StrictMode>,
);
