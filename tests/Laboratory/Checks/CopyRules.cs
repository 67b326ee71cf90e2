using System.Text.Json;
using System.Text.Json.Nodes;

namespace LaborBridge.Tests.Laboratory;

/// <summary>Each subscriber's copy says what its source says: a digest per aggregate, computed here from both databases.</summary>
internal static class CopyRules
{
    public static async Task Check(Findings findings, Books books)
    {
        await Workers(findings, books);
        await Willing(findings, books);
        await Firms(findings, books);
        await Postings(findings, books);
        await Seats(findings, books);
        await Placements(findings, books);
        await AtWork(findings, books);
        await Hires(findings, books);
    }

    private static async Task Workers(Findings findings, Books books)
    {
        var statuses = (await books.Read("workers", "SELECT household_number, statuses FROM households"))
            .ToDictionary(row => row.Text("household_number")!, row => Statuses(row.Text("statuses")), StringComparer.Ordinal);
        var source = (await books.Read("workers", "SELECT id, home_division, station_id, sex, birth_year, household_number FROM workers")).ToDictionary(
            row => row.Id(),
            row => $"{row.Text("home_division")} {row.Text("station_id")} {row.Text("sex")} {row.Long("birth_year")} {(row.Text("household_number") is { } number ? statuses.GetValueOrDefault(number, "") : "")}");
        var copy = (await books.Read("placements", "SELECT id, home_division, station, sex, birth_year, statuses FROM worker WHERE recorded = 1")).ToDictionary(
            row => row.Id(),
            row => $"{row.Text("home_division")} {row.Text("station")} {row.Text("sex")} {row.Long("birth_year")} {Statuses(row.Text("statuses"))}");
        findings.Same("placements' copy of workers", source, copy);
    }

    private static async Task Willing(Findings findings, Books books)
    {
        var source = (await books.Read("workers", "SELECT id, home_division, wishes, skills FROM workers WHERE proposed = 1")).ToDictionary(
            row => row.Id(), row => $"{row.Text("home_division")} {Wishes(row.Text("wishes")!, "monthlyPayFen", "monthlyPay")}");
        var copy = (await books.Read("matching", "SELECT worker_id, home_division, entry FROM match_workers WHERE willing = 1")).ToDictionary(
            row => row.Id("worker_id"), row => $"{row.Text("home_division")} {Wishes(row.Text("entry")!, "monthlyPayFen", "monthlyPayFen")}");
        findings.Same("matching's copy of willing workers", source, copy);
    }

    private static async Task Firms(Findings findings, Books books)
    {
        const string columns = "id, name, state, site_division, site_kind, fujian_invested";
        findings.Same("placements' copy of firms", Plain(await books.Read("employers", $"SELECT {columns} FROM employers")), Plain(await books.Read("placements", $"SELECT {columns} FROM employer")));
    }

    private static async Task Postings(Findings findings, Books books)
    {
        var rows = await books.Read("employers", "SELECT id, employer_id, state, title, trade, site_division, headcount, monthly_guaranteed_fen, published_at FROM postings");
        var live = rows.Where(row => row.Text("state") == "live").ToDictionary(
            row => row.Id(), row => $"{row.Text("employer_id")} {row.Text("site_division")} {row.Long("headcount")} {row.Text("title")} {row.Text("trade")} {row.Long("monthly_guaranteed_fen")}");
        var copy = (await books.Read("matching", "SELECT posting_id, employer_id, site_division, headcount, entry FROM match_postings WHERE live = 1")).ToDictionary(row => row.Id("posting_id"), row =>
        {
            var told = JsonNode.Parse(row.Text("entry")!)!;
            return $"{row.Text("employer_id")} {row.Text("site_division")} {row.Long("headcount")} {told["title"]} {told["trade"]} {told["monthlyGuaranteedFen"]}";
        });
        findings.Same("matching's copy of live postings", live, copy);

        var published = rows.Where(row => row["published_at"] is not null).ToDictionary(row => row.Id(), row => $"{row.Text("employer_id")} {row.Text("title")} {row.Text("site_division")} {row.Text("trade")}");
        findings.Same("placements' copy of postings", published, (await books.Read("placements", "SELECT id, employer_id, title, site_division, trade FROM posting")).ToDictionary(
            row => row.Id(), row => $"{row.Text("employer_id")} {row.Text("title")} {row.Text("site_division")} {row.Text("trade")}"));
    }

    private static async Task Seats(Findings findings, Books books)
    {
        var source = (await books.Read("matching", "SELECT posting_id, accepted, open_offers FROM match_postings WHERE employer_id IS NOT NULL"))
            .ToDictionary(row => row.Id("posting_id"), row => $"{row.Long("accepted")} {row.Long("open_offers")}");
        findings.Same("employers' copy of seats", source, (await books.Read("employers", "SELECT posting_id, accepted, open_offers FROM seat_counts"))
            .ToDictionary(row => row.Id("posting_id"), row => $"{row.Long("accepted")} {row.Long("open_offers")}"));
        foreach (var posting in await books.Read("employers", "SELECT id, accepted FROM postings"))
        {
            var counted = source.GetValueOrDefault(posting.Id(), "0 0");
            findings.That("the board's count of hires", counted.StartsWith($"{posting.Long("accepted")} ", StringComparison.Ordinal), () => $"{posting.Id()} shows {posting.Long("accepted")}, matching counts {counted}");
        }
    }

    private static async Task Placements(Findings findings, Books books)
    {
        var source = (await books.Read("placements", "SELECT id, worker_id, employer_id, workplace_division, state, running FROM placement")).ToDictionary(
            row => row.Id(), row => $"{row.Text("worker_id")} {row.Text("employer_id")} {row.Text("workplace_division")} {Over(row.Text("state")!)} {row.Long("running")}");
        findings.Same("workers' copy of placements", source, (await books.Read("workers", "SELECT placement_id, worker_id, employer_id, workplace_division, state, running FROM worker_placements")).ToDictionary(
            row => row.Id("placement_id"), row => $"{row.Text("worker_id")} {row.Text("employer_id")} {row.Text("workplace_division")} {Over(row.Text("state")!)} {row.Long("running")}"));

        static string Over(string state) => state == "refused" ? "left" : state;
    }

    /// <summary>Who is at work is so everywhere.</summary>
    private static async Task AtWork(Findings findings, Books books)
    {
        var running = (await books.Read("placements", "SELECT id, worker_id, state FROM placement WHERE running = 1")).ToLookup(row => row.Text("worker_id")!);
        findings.Same("matching's knowledge of who is at work",
            running.ToDictionary(worker => worker.Key, worker => string.Join(" and ", worker.Select(row => row.Id()).Order())),
            (await books.Read("matching", "SELECT worker_id, running_placement FROM match_workers WHERE running_placement IS NOT NULL")).ToDictionary(row => row.Id("worker_id"), row => row.Text("running_placement")!));
        foreach (var worker in await books.Read("workers", "SELECT id, status, resting_status FROM workers"))
        {
            var expected = running[worker.Id()].Select(row => row.Text("state")).FirstOrDefault() switch
            {
                "hired" or "contracted" => "hired",
                "travelling" or "arrived" => "travelling",
                "on-post" or "on-leave" => "on-post",
                _ => worker.Text("resting_status"),
            };
            findings.That("a worker's status follows the work", worker.Text("status") == expected, () => $"{worker.Id()} is {worker.Text("status")}, should be {expected}");
        }
    }

    /// <summary>Each accepted offer has become the placement under its id, and each placement from the platform comes from one.</summary>
    private static async Task Hires(Findings findings, Books books) => findings.Same("hires have become placements",
        (await books.Read("matching", "SELECT id, worker_id, posting_id, employer_id FROM offers WHERE state = 'accepted'")).ToDictionary(row => row.Id(), Hire),
        (await books.Read("placements", "SELECT id, worker_id, posting_id, employer_id FROM placement WHERE source = 'platform'")).ToDictionary(row => row.Id(), Hire));

    private static string Hire(Row row) => $"{row.Text("worker_id")} {row.Text("posting_id")} {row.Text("employer_id")}";

    private static Dictionary<string, string> Plain(IEnumerable<Row> rows) =>
        rows.ToDictionary(row => row.Id(), row => string.Join(' ', row.Where(cell => cell.Key != "id").Select(cell => cell.Value)), StringComparer.Ordinal);

    private static string Statuses(string? json) => string.Join(';', (json is null ? [] : JsonNode.Parse(json)!.AsArray())
        .Select(status => status!.AsObject().ToDictionary(member => member.Key.ToUpperInvariant(), member => member.Value?.ToString(), StringComparer.Ordinal))
        .Select(status => $"{status["CODE"]} {status.GetValueOrDefault("FROM")} {status.GetValueOrDefault("TO")}"));

    private static string Wishes(string json, params string[] payNames)
    {
        var wishes = JsonNode.Parse(json)!.AsObject();
        var pay = payNames.Select(name => wishes[name]).FirstOrDefault(value => value is not null);
        return $"{List(wishes["trades"])} {List(wishes["places"])} {pay} {wishes["lodging"]?.GetValueKind() == JsonValueKind.True}";
    }

    private static string List(JsonNode? list) => string.Join(',', (list?.AsArray() ?? []).Select(item => $"{item}").Order(StringComparer.Ordinal));
}
