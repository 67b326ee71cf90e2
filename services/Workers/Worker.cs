using LaborBridge.Contracts;
using LaborBridge.Domain;
using SkillHeld = LaborBridge.Contracts.SkillHeld;

namespace LaborBridge.Workers;

/// <summary>Where a worker stands.</summary>
internal enum WorkerStatus
{
    [Word("已登记", "registered")]
    Registered,
    [Word("有就业意愿", "willing")]
    Willing,
    [Word("暂无意愿", "not now")]
    NotNow,
    [Word("已录用", "hired")]
    Hired,
    [Word("在途", "travelling")]
    Travelling,
    [Word("在岗", "on post")]
    OnPost,
    [Word("已退出", "out")]
    Out,
}

/// <summary>The rules about a worker: values in, values out.</summary>
internal static class Worker
{
    /// <summary>The home as fine as known: the address where it lies in the hukou's division, else the hukou.</summary>
    public static DivisionCode Home(DivisionCode hukou, DivisionCode? address) => address is { } fine && hukou.Covers(fine) ? fine : hukou;

    /// <summary>The status of somebody who has no running spell of work. Willing needs both: the wish and the consent to be recommended.</summary>
    public static WorkerStatus Resting(bool isOut, Wishes? wishes, bool consented) => (isOut, wishes) switch
    {
        (true, _) => WorkerStatus.Out,
        (_, { Willing: false }) => WorkerStatus.NotNow,
        (_, { Willing: true }) when consented => WorkerStatus.Willing,
        _ => WorkerStatus.Registered,
    };

    /// <summary>The status that a placement's state gives its worker; null when the placement is over.</summary>
    public static WorkerStatus? Working(string placementState) => placementState switch
    {
        "hired" or "contracted" => WorkerStatus.Hired,
        "travelling" or "arrived" => WorkerStatus.Travelling,
        "on-post" or "on-leave" => WorkerStatus.OnPost,
        _ => null,
    };

    /// <summary>Whether a stored status stands for a running spell of work.</summary>
    public static bool IsWorking(string status) => Kebab.Parse<WorkerStatus>(status) is WorkerStatus.Hired or WorkerStatus.Travelling or WorkerStatus.OnPost;

    /// <summary>The worker with resting status and status that follow from wishes, consent and way out; a running spell keeps its status.</summary>
    public static WorkerRow Settled(WorkerRow row, Wishes? wishes)
    {
        var resting = Kebab.Of(Resting(row.OutReason is not null, wishes, row.Consented));
        return row with
        {
            RestingStatus = resting,
            Status = IsWorking(row.Status) && row.OutReason is null ? row.Status : resting,
            AvailableFrom = AvailableFrom(wishes),
        };
    }

    /// <summary>The day from which somebody with these wishes is free; the first of all days when he named none, null when he does not want to.</summary>
    public static DateOnly? AvailableFrom(Wishes? wishes) => wishes is { Willing: true } ? wishes.From ?? DateOnly.MinValue : null;

    /// <summary>What statistics are told.</summary>
    public static WorkerRecorded Recorded(WorkerRow row, IReadOnlyList<DatedStatus> statuses, bool overRetirementAge) =>
        new(row.Id, row.HomeDivision, row.StationId, row.Sex, row.BirthYear, statuses, overRetirementAge);

    /// <summary>What Matching is told of somebody willing. Sex, birth year, ethnic group and health stay here.</summary>
    public static WorkerWilling Willing(WorkerRow row, Wishes wishes, DateOnly turns18, IReadOnlyList<DatedStatus> statuses, DateOnly today) => new(
        row.Id,
        row.HomeDivision,
        [.. Stored.Skills(row).Select(skill => new SkillHeld(skill.Trade, skill.Grade))],
        wishes.Trades,
        wishes.Places,
        wishes.MonthlyPayFen ?? 0,
        wishes.From ?? today,
        wishes.Lodging,
        wishes.Canteens,
        Stored.Certificates(row),
        wishes.With,
        turns18 > today ? turns18 : null,
        Household.IsMonitored(statuses, today),
        wishes.Languages);

    /// <summary>Why Matching shall forget somebody whom it was told of; null when it shall not.</summary>
    public static string? NoLonger(WorkerRow before, WorkerRow after)
    {
        var willing = Kebab.Of(WorkerStatus.Willing);
        return (before.Proposed, after) switch
        {
            (false, _) => null,
            (_, { OutReason: not null }) => "out",
            (_, { Consented: false }) => "consent-withdrawn",
            (_, var now) when now.RestingStatus != willing => "not-now",
            _ => null,
        };
    }
}
