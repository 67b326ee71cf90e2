using System.Text.Json;
using LaborBridge.Matching.Books;
using LaborBridge.Matching.Engine;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Rounds;

/// <summary>What a round (匹配批次) is to run on and by; kept with its result, so that it can be run again to the same end.</summary>
internal sealed record RoundRequest(string Name, RoundWorkers? Workers, RoundPostings? Postings, RoundProfile? Profile, string Objective = RoundRequest.Stable, RoundMinimum? Minimum = null)
{
    public const string Stable = "stable", Maximum = "maximum";
}

/// <param name="Divisions">Homes; none means the caller's.</param>
/// <param name="Statuses"><c>monitored</c> for monitored households only; none means all.</param>
internal sealed record RoundWorkers(IReadOnlyList<string>? Divisions = null, IReadOnlyList<string>? Statuses = null);

internal sealed record RoundPostings(IReadOnlyList<string>? Divisions = null, IReadOnlyList<string>? Trades = null, IReadOnlyList<Guid>? Employers = null);

/// <summary>A trip (成行) to a posting or city needs so many; where fewer are matched nobody goes.</summary>
/// <param name="Workers">The fewest.</param>
/// <param name="Per"><c>posting</c> or <c>city</c>.</param>
internal sealed record RoundMinimum(int Workers, string Per = RoundMinimum.Posting)
{
    public const int Most = 10_000;
    public const string Posting = "posting", City = "city";
}

internal sealed record RoundProfile(RoundWeights? Weights = null, bool Pairing = false, long Seed = 20260101);

internal sealed record RoundWeights(WorkerWeights? Worker = null, FirmWeights? Firm = null);

/// <summary>What a round came to. Couples and groups: how many, how many found a place together, and how many would rather be in another that would take them; how many groups no firm has the seats for. How many postings too few would go to. Where the highest total was sought: what no assignment exceeds, and the total of the assignment without blocking pairs, which is the price of having none.</summary>
internal sealed record RoundSummary(
    int Workers, int Postings, int Matched, int Unmatched, long BlockingPairs, int WorkersChecked, long Total, string Digest, long Proposals, DateOnly AsOf, string Engine,
    long? UpperBound = null, long? StableTotal = null, int? StableMatched = null, int? Parties = null, int? PartiesPlaced = null, int? PartiesBlocking = null,
    int? GroupsTooLarge = null, int? PostingsClosed = null);

internal sealed class RoundRow
{
    public const string Queued = "queued", Running = "running", Done = "done", Failed = "failed", Published = "published";
    public const string Columns = "id, version, name, state, request, progress, result, failure, divisions, frozen, as_of, created_at";

    public required Guid Id { get; init; }
    public required long Version { get; init; }
    public required string Name { get; init; }
    public required string State { get; init; }
    public required string Request { get; init; }
    public required double Progress { get; init; }
    public string? Result { get; init; }
    public string? Failure { get; init; }
    public required string Divisions { get; init; }

    /// <summary>Its input is kept; whoever runs it from now on runs on that.</summary>
    public required bool Frozen { get; init; }

    /// <summary>The day of its input.</summary>
    public DateOnly? AsOf { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public RoundRequest ReadRequest() => JsonSerializer.Deserialize<RoundRequest>(Request, JsonText.Options) ?? throw new InvalidOperationException($"Round {Id} has no request.");

    public Objective ReadObjective() => ReadRequest().Objective == RoundRequest.Maximum ? Objective.Maximum : Objective.Stable;

    public TripMinimum? ReadMinimum() => ReadRequest().Minimum is { } minimum ? new TripMinimum(minimum.Workers, minimum.Per == RoundMinimum.City ? TripTo.City : TripTo.Posting) : null;

    public RoundSummary? ReadResult() => Result is null ? null : JsonSerializer.Deserialize<RoundSummary>(Result, JsonText.Options);

    /// <summary>The weights, as of the day of the run.</summary>
    public Profile ProfileOn(DateOnly day)
    {
        var wanted = ReadRequest().Profile ?? new RoundProfile();
        return BookKeeper.ProfileOf(day) with
        {
            Worker = wanted.Weights?.Worker ?? new WorkerWeights(),
            Firm = wanted.Weights?.Firm ?? new FirmWeights(),
            Pairing = wanted.Pairing,
            LotterySeed = wanted.Seed,
        };
    }

    public bool MaySee(Caller caller) => caller.Role is Role.Admin or Role.System || Divisions.Split(',').All(caller.Covers);

    public object View()
    {
        var result = ReadResult();
        return new
        {
            Id, Version, Name, State, Progress, CreatedAt, Failure,
            request = ReadRequest(),
            result?.Matched, result?.Unmatched, result?.BlockingPairs, result?.WorkersChecked, result?.Total, result?.Digest, result?.Proposals, result?.Workers, result?.Postings, result?.AsOf, result?.Engine,
            result?.UpperBound, result?.StableTotal, result?.StableMatched,
            result?.Parties, result?.PartiesPlaced, result?.PartiesBlocking, result?.GroupsTooLarge, result?.PostingsClosed,
        };
    }
}
