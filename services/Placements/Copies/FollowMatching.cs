using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.Placements.Ledger;

namespace LaborBridge.Placements.Copies;

/// <summary>
/// Both sides said yes: the placement's case opens under the offer's id. Where somebody recorded other work of the person before the hire was heard of, that work
/// stands, since at most one placement runs (domain.md 3): the hire ends as it opens, which gives the seat back.
/// </summary>
internal static class FollowMatching
{
    /// <summary>The channel of a hire over the platform: 劳务工作站.</summary>
    const string Platform = "station";

    public static Subscription Subscription(TimeProvider time) =>
        new Subscription(Catalogs.Of(MatchingEvents.Contract))
            .On<WorkerHired>((tx, e, _) => Apply(tx, e, time))
            .Ignore<OfferMade>()
            .Ignore<OfferAnswered>()
            .Ignore<OfferClosed>()
            .Ignore<SeatsCounted>()
            .OnRebuild(_ => Task.CompletedTask); // a case that is open stays open; the events of the past open what is missing

    internal static async Task Apply(Tx tx, WorkerHired e, TimeProvider time)
    {
        var worker = await WorkerCopy.Lock(tx, e.WorkerId);
        if (await PlacementRow.Find(tx, e.OfferId) is not null)
            return;
        var works = (await PlacementRow.OfWorker(tx, e.WorkerId)).Exists(other => other.Running);
        await Moves.Open(tx, time,
            new LedgerEntry
            {
                Kind = EntryKind.Opened,
                On = e.On,
                Worker = e.WorkerId,
                Placement = e.OfferId,
                Recorder = "system",
                Source = Source.Platform,
                Employer = e.EmployerId,
                Posting = e.PostingId,
                Trade = e.Trade,
                Workplace = e.SiteDivision,
                Channel = Platform,
                Farm = FarmWork.Is(e.Trade, industry: null) ? true : null,
                Form = e.ContractForm,
                PayFen = e.MonthlyGuaranteedFen,
            },
            e.SiteText, worker.HomeDivision, works ? [WorksElsewhere(e)] : []);
    }

    static LedgerEntry WorksElsewhere(WorkerHired e) => new()
    {
        Kind = EntryKind.Left,
        On = e.On,
        Worker = e.WorkerId,
        Placement = e.OfferId,
        Recorder = "system",
        Reason = "other",
    };
}
