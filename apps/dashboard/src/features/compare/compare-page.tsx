import { useMemo } from 'react';
import { fill, messages } from '../../messages/text.ts';
import { Page, PageHeader } from '../../ui/page.tsx';
import { useTabTitle } from '../../ui/use-tab-title.ts';
import { useUrlParam } from '../../ui/use-url-param.ts';
import { type ChartRange, wordsOf } from '../charts/range.ts';
import { useChartRange } from '../charts/use-chart-range.ts';
import { useNetworkIcon } from '../network/use-network-icon.ts';
import { useNetworkName } from '../network/use-network-name.ts';
import { WithoutNetwork } from '../network/without-network.tsx';
import { CompareControls } from './compare-controls.tsx';
import { CompareView } from './compare-view.tsx';
import { metricOf } from './metrics.ts';

const texts = messages.compare;
const LAST_DAY: ChartRange = { kind: 'last', preset: '24h' };

/** The page at `/compare`: one metric of all machines of a network. */
export function ComparePage() {
  const network = useNetworkName();
  const [param] = useUrlParam('metric');
  const metric = metricOf(param);
  const state = useChartRange(LAST_DAY);
  const words = useMemo(() => wordsOf(state.range), [state.range]);
  useTabTitle(network === undefined ? texts.title : fill(texts.titleOf, { metric: texts.metric[metric], network }));
  useNetworkIcon(network);
  return (
    <Page>
      <PageHeader title={texts.title} lead={texts.lead} />
      {network === undefined ? (
        <WithoutNetwork>{null}</WithoutNetwork>
      ) : (
        <>
          <CompareControls metric={metric} state={state} />
          <CompareView key={network} network={network} metric={metric} words={words} state={state} />
        </>
      )}
    </Page>
  );
}
