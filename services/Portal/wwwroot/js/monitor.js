// Draws the flows: county → city → returned. A Sankey refuses cycles, so people who came back stand in a third column.
(() => {
  'use strict';
  const library = document.currentScript.dataset.echarts;
  let loading;

  const load = () => loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = library;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });

  const draw = async element => {
    const data = JSON.parse(element.dataset.flows);
    await load();
    const column = { home: 0, work: 1, back: 2 };
    const label = new Map(data.nodes.map(node => [node.id, node.side === 'back' ? `${data.back}${node.label}` : node.label]));
    const chart = echarts.init(element, null, { renderer: 'canvas' });
    chart.on('finished', () => { element.dataset.finished = 'yes'; });
    chart.setOption({
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      color: ['#1a5a96', '#c8a24a', '#2f7d6b', '#8a4f7d', '#b5562f', '#5b6b8c', '#7b8f2c', '#3f8fb0', '#a0522d', '#4c6a4f'],
      tooltip: { renderMode: 'richText', formatter: item => item.dataType === 'edge' ? `${label.get(item.data.source)} → ${label.get(item.data.target)}: ${item.value} ${data.unit}` : `${label.get(item.name)}: ${item.value} ${data.unit}` },
      series: [{
        type: 'sankey', left: 8, right: element.clientWidth < 560 ? 80 : 120, top: 8, bottom: 8, nodeGap: 8, nodeWidth: 14, draggable: false, layoutIterations: 32,
        emphasis: { focus: 'adjacency' }, lineStyle: { color: 'source', opacity: 0.35 }, label: { fontSize: element.clientWidth < 560 ? 10 : 12, formatter: item => label.get(item.name) },
        data: data.nodes.map(node => ({ name: node.id, depth: column[node.side] })),
        links: [...data.links, ...data.returns].map(link => ({ source: link.from, target: link.to, value: link.people })),
      }],
    });
    addEventListener('resize', () => chart.resize());
  };

  const drawAll = root => root.querySelectorAll('[data-flows]').forEach(element => {
    if (!element.dataset.drawn) { element.dataset.drawn = 'yes'; draw(element); }
  });
  document.addEventListener('htmx:load', event => drawAll(event.target.parentElement ?? event.target));
  drawAll(document);
})();
