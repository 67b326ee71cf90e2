namespace LaborBridge.Contracts;

/// <summary>What the Placements service tells: the course of each spell of work, and the seal of its ledger.</summary>
public static class PlacementEvents
{
    /// <summary>The stream's contract.</summary>
    public static StreamContract Contract { get; } = StreamContract.Of(
        "placements",
        typeof(PlacementOpened),
        typeof(PlacementMoved),
        typeof(PlacementEnded),
        typeof(LedgerSealed));
}

/// <summary>A spell of work was opened, however found.</summary>
/// <param name="PlacementId">The placement; of a platform hire it is the offer's id.</param>
/// <param name="WorkerId">The worker.</param>
/// <param name="Source"><c>platform</c>, <c>roster</c>, <c>firm-list</c>, <c>self-reported</c>.</param>
/// <param name="EmployerId">The firm, if it is known here.</param>
/// <param name="PostingId">The posting, if any.</param>
/// <param name="WorkplaceDivision">Workplace.</param>
/// <param name="State">State of the placement.</param>
/// <param name="Running">Whether it occupies the worker.</param>
[Kind("placement-opened")]
public sealed record PlacementOpened(
    Guid PlacementId, Guid WorkerId, string Source, Guid? EmployerId, Guid? PostingId, string WorkplaceDivision, string State, bool Running);

/// <summary>A placement made a step.</summary>
/// <param name="PlacementId">The placement.</param>
/// <param name="WorkerId">The worker.</param>
/// <param name="EmployerId">The firm, if it is known here.</param>
/// <param name="PostingId">The posting, if any.</param>
/// <param name="Step">Kind of step: <c>contract</c>, <c>departed</c>, <c>arrived</c>, <c>started</c>, <c>leave</c>, <c>back</c>, ….</param>
/// <param name="State">State after it.</param>
/// <param name="On">Day on which it happened.</param>
[Kind("placement-moved")]
public sealed record PlacementMoved(Guid PlacementId, Guid WorkerId, Guid? EmployerId, Guid? PostingId, string Step, string State, DateOnly On);

/// <summary>A placement ended; the worker is free for the next. Told again when the days of a spell that is over are corrected.</summary>
/// <param name="PlacementId">The placement.</param>
/// <param name="WorkerId">The worker.</param>
/// <param name="EmployerId">The firm, if it is known here.</param>
/// <param name="PostingId">The posting, if any.</param>
/// <param name="Reason"><c>job-change</c>, <c>returned</c>, <c>not-reached</c>, <c>contract-ended</c>, <c>refused</c>, <c>no-show</c>, <c>withdrawn</c>, <c>other</c>.</param>
/// <param name="SeatFreed">Whether the posting has its seat back (the person never started).</param>
/// <param name="On">Last day.</param>
/// <param name="FirstDay">First day worked; null for somebody who never started.</param>
[Kind("placement-ended")]
public sealed record PlacementEnded(Guid PlacementId, Guid WorkerId, Guid? EmployerId, Guid? PostingId, string Reason, bool SeatFreed, DateOnly On, DateOnly? FirstDay = null);

/// <summary>Head of the ledger's hash chain, so that rewriting the chain in its database shows.</summary>
[Kind("ledger-sealed", Ignorable = true)]
public sealed record LedgerSealed(long Entries, string HeadHash, DateTimeOffset Known);
