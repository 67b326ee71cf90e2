using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace LaborBridge.Tests.Laboratory;

/// <summary>Never more hires than seats, never two jobs at a time, counters that agree with what they count, chains of hashes that hold.</summary>
internal static class MarketRules
{
    public static async Task Check(Findings findings, Books books)
    {
        await Seats(findings, books);
        await OneJob(findings, books);
        await AccessLog(findings, books);
        await Ledger(findings, books);
    }

    private static async Task Seats(Findings findings, Books books)
    {
        var offers = await books.Read("matching", "SELECT worker_id, posting_id, state, waiting, seat_freed FROM offers");
        var byPosting = offers.ToLookup(offer => offer.Text("posting_id")!);
        var given = await SeatsGiven(books);
        foreach (var posting in await books.Read("matching", "SELECT posting_id, headcount, accepted, open_offers, waiting FROM match_postings"))
        {
            var mine = byPosting[posting.Id("posting_id")].ToList();
            var (hired, open, waiting) = (mine.Count(offer => Hired(offer)), mine.Count(Open), mine.Count(offer => Open(offer) && offer.Flag("waiting")));
            var seats = given[posting.Id("posting_id")];
            findings.That("no more hires than seats", hired <= seats, () => $"{posting.Id("posting_id")}: {hired} hired on {seats} seats");
            findings.That("a posting's counters", (posting.Long("accepted"), posting.Long("open_offers"), posting.Long("waiting")) == (hired, open, waiting),
                () => $"{posting.Id("posting_id")}: counters {posting.Long("accepted")}, {posting.Long("open_offers")}, {posting.Long("waiting")}; offers {hired}, {open}, {waiting}");
        }

        var byWorker = offers.ToLookup(offer => offer.Text("worker_id")!);
        foreach (var worker in await books.Read("matching", "SELECT worker_id, open_offers FROM match_workers"))
        {
            var open = byWorker[worker.Id("worker_id")].Count(Open);
            findings.That("a worker's counter", worker.Long("open_offers") == open, () => $"{worker.Id("worker_id")}: counter {worker.Long("open_offers")}, offers {open}");
        }

        static bool Hired(Row offer) => offer.Text("state") == "accepted" && !offer.Flag("seat_freed");
        static bool Open(Row offer) => offer.Text("state") == "open";
    }

    // Employers' own headcount follows the hires: only what people wrote tells how many seats there were to give.
    private static async Task<Dictionary<string, int>> SeatsGiven(Books books) => (await books.Read("employers", "SELECT posting_id, terms FROM posting_versions WHERE saved_by <> 'system'"))
        .GroupBy(version => version.Id("posting_id"), version => JsonNode.Parse(version.Text("terms")!)!["headcount"]!.GetValue<int>())
        .ToDictionary(versions => versions.Key, versions => versions.Max(), StringComparer.Ordinal);

    private static async Task OneJob(Findings findings, Books books)
    {
        foreach (var worker in (await books.Read("placements", "SELECT id, worker_id, source FROM placement WHERE running = 1")).GroupBy(row => row.Text("worker_id")))
        {
            findings.That("one running placement a worker", worker.Count() == 1, () => $"{worker.Key} has {string.Join(" and ", worker.Select(row => $"{row.Id()} ({row.Text("source")})"))}");
        }
    }

    private static async Task AccessLog(Findings findings, Books books)
    {
        var (previous, entry) = (new string('0', 64), 0L);
        foreach (var row in await books.Read("workers", "SELECT entry, worker_id, actor, actor_role, purpose, seen_at, previous_hash, hash FROM access_log ORDER BY entry"))
        {
            entry++;
            var text = $"{entry}\n{row.Text("worker_id")}\n{row.Text("actor")}\n{row.Text("actor_role")}\n{row.Long("seen_at")}\n{row.Text("purpose")}\n{previous}\n";
            findings.That("the access log's chain", row.Text("hash") == Hash(Encoding.UTF8.GetBytes(text)) && row.Text("previous_hash") == previous, () => $"breaks at {entry}");
            previous = row.Text("hash")!;
        }

        var head = (await books.Read("workers", "SELECT entries, hash FROM access_log_head")).Single();
        findings.That("the access log's chain", head.Long("entries") == entry && head.Text("hash") == previous, () => $"its head says {head.Long("entries")} entries, there are {entry}");
    }

    private static async Task Ledger(Findings findings, Books books)
    {
        var (previous, position) = (new string('0', 64), 0L);
        foreach (var row in await books.Read("placements", "SELECT position, canonical, hash FROM ledger ORDER BY position"))
        {
            position++;
            var bytes = row.Bytes("canonical");
            findings.That("the ledger's chain", row.Long("position") == position && row.Text("hash") == Hash(bytes) && Encoding.UTF8.GetString(bytes).Contains($"\"previous\":\"{previous}\"", StringComparison.Ordinal),
                () => $"breaks at {position}");
            previous = row.Text("hash")!;
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
