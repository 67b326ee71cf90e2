using System.Text.Json;
using LaborBridge.Contracts;
using LaborBridge.Matching.Books;
using LaborBridge.Matching.Offers;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Tests.Unit.Matching;

/// <summary>Rows for decisions.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    public static readonly DateOnly Today = new(2026, 11, 22);

    private static readonly Guid Id = Guid.Parse("01999999-0000-7000-8000-000000000001");

    public static WorkerWilling Willing { get; } = new(Id, "640422101", [], ["general"], ["3502"], 450_000, Today, Lodging: true, [], [], With: null, Turns18On: null, Monitored: false);

    public static PostingPublished Published { get; } = new(
        Id, Id, 1, "装配工", "350205", "新阳工业区", "general", "none", [], 1, "month", 500_000, 600_000, 500_000, "free", [], [], MotionsPerMinute: null,
        "direct", 12, Interview: false, Medical: false, StartsOn: null, Today, Today.AddDays(60));

    public static OfferRow Offer(string state = "open", string? worker = null, string? employer = null, bool waiting = false, DateTimeOffset? expiresAt = null) => new()
    {
        Id = Id,
        Version = 1,
        WorkerId = Id,
        PostingId = Id,
        EmployerId = Id,
        HomeDivision = "640422",
        SiteDivision = "350205",
        State = state,
        Waiting = waiting,
        WorkerAnswer = worker,
        EmployerAnswer = employer,
        MadeAt = Now.AddDays(-1),
        ExpiresAt = expiresAt ?? Now.AddDays(6),
    };

    public static WorkerRow Worker(bool willing = true, Guid? placement = null, WorkerWilling? told = null) => new()
    {
        WorkerId = Id,
        ChangeNo = 1,
        Willing = willing,
        RunningPlacement = placement,
        OpenOffers = 1,
        Entry = JsonSerializer.Serialize(told ?? Willing, JsonText.Options),
    };

    public static PostingRow Posting(int headcount = 1, int accepted = 0, string? closed = null, PostingPublished? told = null) => new()
    {
        PostingId = Id,
        ChangeNo = 1,
        Live = closed is null,
        Closed = closed,
        Headcount = headcount,
        Accepted = accepted,
        OpenOffers = 1,
        Waiting = 0,
        Entry = JsonSerializer.Serialize(told ?? Published, JsonText.Options),
    };
}
