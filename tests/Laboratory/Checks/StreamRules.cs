namespace LaborBridge.Tests.Laboratory;

/// <summary>Positions without gaps; everything shipped and applied, once; nothing stuck.</summary>
internal static class StreamRules
{
    public static async Task Check(Findings findings, Books books, Tap tap)
    {
        var heads = new Dictionary<string, (long Position, string Incarnation)>();
        foreach (var service in Names.Streaming)
        {
            var head = (await books.Read(service, "SELECT position, incarnation FROM stream_head WHERE id = 1")).Single();
            var log = (await books.Read(service, "SELECT COUNT(*) AS events, COALESCE(MIN(position), 1) AS first, COALESCE(MAX(position), 0) AS last FROM stream_log")).Single();
            var shipped = await books.Number(service, "SELECT shipped_position FROM stream_relay WHERE id = 1");
            heads[service] = (head.Long("position"), head.Text("incarnation")!);
            findings.That("positions have no gap", log.Long("events") == head.Long("position") && log.Long("last") == head.Long("position") && log.Long("first") == 1,
                () => $"{service}: {log.Long("events")} events from {log.Long("first")} to {log.Long("last")}, head {head.Long("position")}");
            findings.That("everything is shipped", shipped == head.Long("position"), () => $"{service}: {shipped} of {head.Long("position")}");
            findings.That("what counts as shipped was published", !tap.IsComplete || tap.Heard(service) >= shipped,
                () => $"{service}: shipped {shipped}, published without a hole up to {tap.Heard(service)}");
        }

        foreach (var (service, stream) in Names.Subscriptions)
        {
            var checkpoint = (await books.Read(service, $"SELECT position, incarnation, stuck_position, stuck_reason FROM stream_checkpoint WHERE stream = '{stream}'")).Single();
            findings.That("everything is applied", checkpoint.Long("position") == heads[stream].Position,
                () => $"{service}.{stream}: {checkpoint.Long("position")} of {heads[stream].Position}");
            findings.That("copies are of this log", heads[stream].Position == 0 || checkpoint.Text("incarnation") == heads[stream].Incarnation, () => $"{service}.{stream}");
            findings.That("nothing is stuck", checkpoint["stuck_position"] is null, () => $"{service}.{stream} at {checkpoint.Long("stuck_position")}: {checkpoint.Text("stuck_reason")}");
        }

        await OnceEach(findings, books);
    }

    /// <summary>Each event left its one trace where applying it leaves a trace of its own.</summary>
    private static async Task OnceEach(Findings findings, Books books)
    {
        foreach (var (stream, kinds) in new[] { ("placements", "'placement-moved', 'placement-ended', 'placement-opened'"), ("matching", "'worker-hired', 'offer-made', 'offer-answered', 'offer-closed'") })
        {
            var expected = (await books.Read(stream, $"SELECT position, kind, body FROM stream_log WHERE kind IN ({kinds})"))
                .Where(told => told.Text("kind") != "placement-opened" || !told.Text("body")!.Contains("\"source\":\"platform\"", StringComparison.Ordinal))
                .Select(told => told.Long("position")).ToHashSet();
            var traces = (await books.Read("workers", $"SELECT ordinal FROM worker_steps WHERE source = '{stream}'")).Select(trace => trace.Long("ordinal")).ToList();
            findings.That("no event is applied twice", traces.Count == traces.Distinct().Count(), () => $"workers.{stream}: {traces.Count - traces.Distinct().Count()} traces too many");
            findings.That("no event is left out", expected.SetEquals(traces),
                () => $"workers.{stream}: without a trace {string.Join(", ", expected.Except(traces).Take(5))}, never told {string.Join(", ", traces.Except(expected).Take(5))}");
        }
    }
}
