using LaborBridge.Matching.Engine;

namespace LaborBridge.Tests.Benchmarks;

/// <summary>What somebody would write over the same columns without tricks: every posting of every wished trade, one after the other, and a heap of the best.</summary>
internal static class PlainLoop
{
    public static void Run(Market market, WorkerView[] workers, int count)
    {
        var heap = new PriorityQueue<int, int>();
        var index = market.Postings;
        var weights = market.Profile.Worker;
        var today = Day.Of(market.Profile.AsOf);
        foreach (var worker in workers)
        {
            heap.Clear();
            var (home, needs) = (worker.Home.Under(index.Version), worker.Needs.Under(index.Version));
            foreach (var wish in worker.Wishes)
            {
                var shelf = wish.Trade.All;
                for (var position = 0; position < shelf.Count; position++)
                {
                    var offer = needs.Points[shelf.Offer[position]];
                    if (shelf.Pay[position] < worker.LowestPay || shelf.LatestStart[position] < worker.From || shelf.ValidTo[position] <= today || offer < 0)
                        continue;
                    var place = worker.WishedSites.Length == 0 ? 0 : Array.FindIndex(worker.WishedSites, sites => sites.Contains(shelf.Site[position]));
                    if (place < 0)
                        continue;
                    var score = index.Pay.Points(shelf.Pay[position], worker.LowestPay) + home.Points[shelf.Site[position]] + offer
                        + WorkerFit.PlacePoints(place, weights.Place) + WorkerFit.TradePoints(wish.Rank, weights.Trade);
                    if (heap.Count < count)
                        heap.Enqueue(shelf.Slots[position], score);
                    else
                        heap.EnqueueDequeue(shelf.Slots[position], score);
                }
            }
        }
    }
}
