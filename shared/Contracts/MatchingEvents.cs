namespace LaborBridge.Contracts;

/// <summary>What the Matching service tells: offers and their ends, hires, seats.</summary>
public static class MatchingEvents
{
    /// <summary>The stream's contract.</summary>
    public static StreamContract Contract { get; } = StreamContract.Of(
        "matching",
        typeof(OfferMade),
        typeof(OfferAnswered),
        typeof(OfferClosed),
        typeof(WorkerHired),
        typeof(SeatsCounted));
}

/// <summary>An offer is open; both sides may answer.</summary>
[Kind("offer-made")]
public sealed record OfferMade(Guid OfferId, Guid WorkerId, Guid PostingId, Guid EmployerId, DateTimeOffset ExpiresAt, Guid? RoundId);

/// <summary>One side answered.</summary>
/// <param name="OfferId">The offer.</param>
/// <param name="WorkerId">The worker.</param>
/// <param name="PostingId">The posting.</param>
/// <param name="Party"><c>worker</c> or <c>employer</c>.</param>
/// <param name="Answer"><c>accept</c> or <c>decline</c>.</param>
/// <param name="By"><c>self</c>, <c>clerk</c>, <c>link</c>.</param>
[Kind("offer-answered")]
public sealed record OfferAnswered(Guid OfferId, Guid WorkerId, Guid PostingId, string Party, string Answer, string By);

/// <summary>An offer ended without a hire, or with one (<c>accepted</c>).</summary>
/// <param name="OfferId">The offer.</param>
/// <param name="WorkerId">The worker.</param>
/// <param name="PostingId">The posting.</param>
/// <param name="State"><c>accepted</c>, <c>declined</c>, <c>expired</c>, <c>withdrawn</c>.</param>
/// <param name="Party">Who declined, if someone did.</param>
[Kind("offer-closed")]
public sealed record OfferClosed(Guid OfferId, Guid WorkerId, Guid PostingId, string State, string? Party);

/// <summary>Both sides said yes: the placement's case opens. Its id is the offer's id.</summary>
/// <param name="OfferId">The offer; the placement has the same id.</param>
/// <param name="WorkerId">The worker.</param>
/// <param name="PostingId">The posting.</param>
/// <param name="EmployerId">The firm.</param>
/// <param name="SiteDivision">Division of the workplace.</param>
/// <param name="SiteText">Address of the workplace.</param>
/// <param name="Trade">Trade of the posting.</param>
/// <param name="ContractForm">Form of contract that the posting promised.</param>
/// <param name="MonthlyGuaranteedFen">Guaranteed monthly pay that the posting promised.</param>
/// <param name="On">Day of the second yes.</param>
[Kind("worker-hired")]
public sealed record WorkerHired(
    Guid OfferId, Guid WorkerId, Guid PostingId, Guid EmployerId, string SiteDivision, string SiteText, string Trade, string ContractForm,
    long MonthlyGuaranteedFen, DateOnly On);

/// <summary>Seats of a posting after a change: decided by Matching alone.</summary>
[Kind("seats-counted")]
public sealed record SeatsCounted(Guid PostingId, Guid EmployerId, int Headcount, int Accepted, int Open);
