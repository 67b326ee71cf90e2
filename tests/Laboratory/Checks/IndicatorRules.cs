using System.Text.Json.Nodes;
using LaborBridge.Placements.Indicators;
using LaborBridge.Placements.Ledger;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Unit.Placements;

namespace LaborBridge.Tests.Laboratory;

/// <summary>The indicators as the service answers them are those counted anew from the ledger's raw records.</summary>
internal static class IndicatorRules
{
    public static async Task Check(Findings findings, Cluster cluster, Books books, Journal journal)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        using var official = new Caller(cluster, journal, "official", new Random(1), limit.Token);
        var today = ChinaTime.Today(TimeProvider.System);
        var from = today.AddYears(-4);
        IReadOnlyList<LedgerEntry> known = [.. (await books.Read("placements", "SELECT canonical FROM ledger ORDER BY position")).Select(row => LedgerEntry.FromCanonical(row.Bytes("canonical")))];
        foreach (var by in new[] { By.None, By.County, By.Sex })
        {
            var answer = await official.Send(HttpMethod.Get, "placements", $"/api/outflow/indicators?from={from:yyyy-MM-dd}&to={today:yyyy-MM-dd}&asOf={today:yyyy-MM-dd}&by={$"{by}".ToLowerInvariant()}");
            findings.That("indicators are answered", answer is { Status: 200 }, () => $"{answer?.Status} {answer?.Body}");
            if (answer is not { Status: 200 } told)
            {
                continue;
            }

            var query = new IndicatorQuery(from, today, today, KnownAt: null, by, Side: null, Explain: null, division => division is { Length: >= 2 } && division[..2] is "64" or "35");
            var expected = Recount.Rows(known, query);
            var rows = told.Body["rows"]!.AsArray().ToDictionary(row => row!["key"]!.GetValue<string>(), row => Figures(row!));
            foreach (var (key, figures) in expected)
            {
                foreach (var (name, figure) in figures)
                {
                    var has = rows.GetValueOrDefault(key)?.GetValueOrDefault(name);
                    findings.That("indicators equal a recount", (figure ?? 0) == (has ?? 0), () => $"by {by}: {key}.{name} is {has}, recounted {figure}");
                }
            }
        }
    }

    private static Dictionary<string, decimal?> Figures(JsonNode row)
    {
        var departures = row["departures"]!;
        var local = row["localEmployment"]!;
        var figures = new[]
        {
            "workersTransferred", "arranged", "pointToPoint", "organisedRate", "outOfCountyRate", "outOfProvinceRate", "stable3Rate", "stable6Rate", "stableInFujian", "onPost", "outOfPoverty", "monitored",
            "transferredOutOfPoverty", "returned", "wageIncome", "trained", "evidenceShare",
        }.ToDictionary(name => name, name => row[name]?.GetValue<decimal?>(), StringComparer.Ordinal);
        foreach (var name in new[] { "new", "returning", "toFujian" })
        {
            figures[name] = departures[name]!.GetValue<decimal>();
        }

        figures["local"] = local["total"]!.GetValue<decimal>();
        foreach (var (channel, people) in local["byChannel"]!.AsObject())
        {
            figures["local." + channel] = people!.GetValue<decimal>();
        }

        return figures;
    }
}
