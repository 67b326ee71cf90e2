namespace LaborBridge.Contracts;

/// <summary>What the Employers service tells: firms, their verification, and live postings.</summary>
public static class EmployerEvents
{
    /// <summary>The stream's contract.</summary>
    public static StreamContract Contract { get; } = StreamContract.Of(
        "employers",
        typeof(EmployerRecorded),
        typeof(PostingPublished),
        typeof(PostingClosed));
}

/// <summary>A firm was registered, corrected, verified, returned or suspended; carries its whole state.</summary>
/// <param name="EmployerId">The firm.</param>
/// <param name="EmployerName">Its name.</param>
/// <param name="State"><c>registered</c>, <c>approved</c>, <c>returned</c>, <c>suspended</c>.</param>
/// <param name="SiteDivision">Division of its first site.</param>
/// <param name="SiteKind"><c>factory</c>, <c>labour-base</c>, <c>stable-employment-base</c>, <c>aid-workshop</c>, <c>disability-workshop</c>, <c>e-commerce-room</c>, <c>other</c>.</param>
/// <param name="FujianInvested">Invested from Fujian.</param>
[Kind("employer-recorded")]
public sealed record EmployerRecorded(Guid EmployerId, string EmployerName, string State, string SiteDivision, string SiteKind, bool FujianInvested);

/// <summary>A posting went live, or a live posting changed; carries the whole posting.</summary>
/// <param name="PostingId">The posting.</param>
/// <param name="EmployerId">The firm.</param>
/// <param name="Version">Version of the posting.</param>
/// <param name="Title">Its title.</param>
/// <param name="SiteDivision">Division of the workplace.</param>
/// <param name="SiteText">Address of the workplace.</param>
/// <param name="Trade">Trade code; <c>general</c> asks for no skill.</param>
/// <param name="Grade">Lowest grade asked for (<c>none</c> …).</param>
/// <param name="Certificates">Certificates asked for.</param>
/// <param name="Headcount">Seats asked for.</param>
/// <param name="PayUnit"><c>month</c>, <c>hour</c>, <c>piece</c>.</param>
/// <param name="GuaranteedFen">Guaranteed low end per unit; per month where the unit is <c>piece</c>.</param>
/// <param name="HighFen">High end per unit.</param>
/// <param name="MonthlyGuaranteedFen">Guaranteed pay of a month, computed by the owner.</param>
/// <param name="Lodging"><c>none</c>, <c>offered</c>, <c>free</c>.</param>
/// <param name="Canteens"><c>canteen</c>, <c>halal</c>, <c>meal-allowance</c>.</param>
/// <param name="Hazards">Hazards: <c>heavy</c>, <c>toxic</c>, <c>high</c>, <c>hot</c>, <c>cold</c>, <c>noise</c>, <c>dust</c>, ….</param>
/// <param name="MotionsPerMinute">Motions a minute on the line, if any.</param>
/// <param name="ContractForm"><c>direct</c>, <c>dispatch</c>, <c>internship</c>.</param>
/// <param name="ContractMonths">Term of the contract.</param>
/// <param name="Interview">Interview asked.</param>
/// <param name="Medical">Medical asked.</param>
/// <param name="StartsOn">First day of work, if fixed.</param>
/// <param name="ValidFrom">First day on the board.</param>
/// <param name="ValidTo">Day from which the posting is off the board.</param>
/// <param name="Languages">Languages asked for (<c>mandarin</c>, <c>minnan</c>, …); null or empty: none.</param>
[Kind("posting-published")]
public sealed record PostingPublished(
    Guid PostingId, Guid EmployerId, long Version, string Title, string SiteDivision, string SiteText, string Trade, string Grade, IReadOnlyList<string> Certificates,
    int Headcount, string PayUnit, long GuaranteedFen, long HighFen, long MonthlyGuaranteedFen, string Lodging, IReadOnlyList<string> Canteens,
    IReadOnlyList<string> Hazards, int? MotionsPerMinute, string ContractForm, int ContractMonths, bool Interview, bool Medical, DateOnly? StartsOn,
    DateOnly ValidFrom, DateOnly ValidTo, IReadOnlyList<string>? Languages = null);

/// <summary>A posting left the board.</summary>
/// <param name="PostingId">The posting.</param>
/// <param name="EmployerId">The firm.</param>
/// <param name="Reason"><c>closed</c>, <c>expired</c>, <c>employer-suspended</c>.</param>
[Kind("posting-closed")]
public sealed record PostingClosed(Guid PostingId, Guid EmployerId, string Reason);
