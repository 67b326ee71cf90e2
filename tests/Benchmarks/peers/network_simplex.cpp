// The highest total on given edges by LEMON's network simplex (block search), to compare the engine with.
// Reads 32-bit integers: workers, postings, edges; seats of each posting; then worker, posting, value of each edge.
// Prints seconds of the solver alone and the total. Built by the benchmark: g++ -O3 -march=native -o … network_simplex.cpp -llemon
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <vector>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

int main(int argc, char** argv) {
    FILE* file = argc == 2 ? fopen(argv[1], "rb") : nullptr;
    if (!file) return 2;
    auto next = [&] { int32_t number; if (fread(&number, 4, 1, file) != 1) exit(3); return number; };
    const int workers = next(), postings = next(), edges = next();
    lemon::SmartDigraph graph;
    graph.reserveNode(workers + postings + 2);
    graph.reserveArc(workers + postings + edges + 1);
    const auto source = graph.addNode(), sink = graph.addNode();
    std::vector<lemon::SmartDigraph::Node> worker(workers), posting(postings);
    for (auto& node : worker) node = graph.addNode();
    for (auto& node : posting) node = graph.addNode();
    lemon::SmartDigraph::ArcMap<int> capacity(graph), cost(graph);
    auto connect = [&](auto from, auto to, int most, int price) { auto arc = graph.addArc(from, to); capacity[arc] = most; cost[arc] = price; };
    for (auto& node : worker) connect(source, node, 1, 0);
    for (auto& node : posting) connect(node, sink, next(), 0);
    for (int edge = 0; edge < edges; edge++) { const int w = next(), p = next(), value = next(); connect(worker[w], posting[p], 1, -value); }
    connect(source, sink, workers, 0); // who goes nowhere
    fclose(file);

    const auto begin = std::chrono::steady_clock::now();
    lemon::NetworkSimplex<lemon::SmartDigraph, int, long> simplex(graph);
    simplex.upperMap(capacity).costMap(cost).stSupply(source, sink, workers);
    if (simplex.run(lemon::NetworkSimplex<lemon::SmartDigraph, int, long>::BLOCK_SEARCH) != simplex.OPTIMAL) return 4;
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    printf("%.4f %ld\n", seconds, -simplex.totalCost<long>());
}
