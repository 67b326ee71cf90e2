namespace LaborBridge.Contracts;

/// <summary>
/// What the Workers service tells. No names, numbers, phones, health or ethnic group: ids, division codes, trades, terms; for
/// statistics sex, birth year and household status; for the law the day on which a minor turns 18. Money is integer fen.
/// Enumerations travel as the kebab-case words of the HTTP contract.
/// </summary>
public static class WorkerEvents
{
    /// <summary>The stream's contract.</summary>
    public static StreamContract Contract { get; } = StreamContract.Of(
        "workers",
        typeof(WorkerRecorded),
        typeof(WorkerWilling),
        typeof(WorkerNotWilling),
        typeof(WorkerErased),
        typeof(ConsentGiven),
        typeof(ConsentWithdrawn),
        typeof(SelfFoundSpellReported),
        typeof(SelfFoundSpellWithdrawn),
        typeof(TrainingFinished),
        typeof(WorkerMerged),
        typeof(WorkerSeparated));
}

/// <summary>A worker was registered or corrected; carries the whole of what statistics need.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="HomeDivision">Division of the home, as fine as known (county to village).</param>
/// <param name="Station">Home station, if any.</param>
/// <param name="Sex"><c>male</c> or <c>female</c>; statistics only.</param>
/// <param name="BirthYear">Year of birth; statistics only.</param>
/// <param name="HouseholdStatuses">Dated statuses of the household.</param>
/// <param name="OverRetirementAge">Flag for work-injury insurance.</param>
[Kind("worker-recorded")]
public sealed record WorkerRecorded(
    Guid WorkerId, string HomeDivision, Guid? Station, string Sex, int BirthYear, IReadOnlyList<DatedStatus> HouseholdStatuses, bool OverRetirementAge);

/// <summary>A status that a household has from a day on, until a day that no longer counts.</summary>
public sealed record DatedStatus(string Code, DateOnly? From, DateOnly? To);

/// <summary>A worker has wishes and consents to be recommended: Matching may propose. Sent again whenever the wishes change.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="HomeDivision">Division of the home.</param>
/// <param name="Skills">Trades mastered with grade.</param>
/// <param name="Trades">Trades wished; <c>general</c> fits every unskilled posting.</param>
/// <param name="Places">Division codes wished; empty: anywhere.</param>
/// <param name="MonthlyPayFen">Lowest monthly pay.</param>
/// <param name="From">Earliest start.</param>
/// <param name="Lodging">Needs lodging.</param>
/// <param name="Canteens">Own choice of canteen (<c>halal</c>, …); never inferred.</param>
/// <param name="Certificates">Certificates held.</param>
/// <param name="With">The person or group travelled with.</param>
/// <param name="Turns18On">Only of minors: the day on which they turn 18.</param>
/// <param name="Monitored">Household is monitored: a policy weight on order.</param>
/// <param name="Languages">Languages spoken (<c>mandarin</c>, <c>minnan</c>, …), the worker's own word; null where nobody asked.</param>
[Kind("worker-willing")]
public sealed record WorkerWilling(
    Guid WorkerId, string HomeDivision, IReadOnlyList<SkillHeld> Skills, IReadOnlyList<string> Trades, IReadOnlyList<string> Places, long MonthlyPayFen,
    DateOnly From, bool Lodging, IReadOnlyList<string> Canteens, IReadOnlyList<string> Certificates, Guid? With, DateOnly? Turns18On, bool Monitored,
    IReadOnlyList<string>? Languages = null);

/// <summary>A trade with a grade (<c>none</c> … <c>senior-technician</c>).</summary>
public sealed record SkillHeld(string Trade, string Grade);

/// <summary>The worker is not to be proposed any more.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Reason"><c>not-now</c>, <c>consent-withdrawn</c>, <c>out</c>.</param>
[Kind("worker-not-willing")]
public sealed record WorkerNotWilling(Guid WorkerId, string Reason);

/// <summary>The person was erased; the pseudonymous id stays in statistics.</summary>
[Kind("worker-erased")]
public sealed record WorkerErased(Guid WorkerId);

/// <summary>The worker consented.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="ConsentId">The consent.</param>
/// <param name="Purpose"><c>recommendation</c> or <c>disclosure</c>.</param>
/// <param name="Receiver">The employer, for disclosure.</param>
/// <param name="On">Day of the consent.</param>
[Kind("consent-given")]
public sealed record ConsentGiven(Guid WorkerId, Guid ConsentId, string Purpose, Guid? Receiver, DateOnly On);

/// <summary>A consent was withdrawn: use stops from this moment.</summary>
[Kind("consent-withdrawn")]
public sealed record ConsentWithdrawn(Guid WorkerId, Guid ConsentId, string Purpose, Guid? Receiver);

/// <summary>A roster row says that the worker works somewhere, however found. Sent again with the same id when the row changes.</summary>
/// <param name="SpellId">Stable id of the spell.</param>
/// <param name="WorkerId">The worker.</param>
/// <param name="EmployerName">The firm as written, which is no person's name.</param>
/// <param name="WorkplaceDivision">Workplace as a code, as fine as it could be recognised.</param>
/// <param name="WorkplaceText">Workplace as written.</param>
/// <param name="Channel">Channel code (<c>self</c>, <c>relatives</c>, <c>station</c>, …).</param>
/// <param name="Industry">Industry class as written.</param>
/// <param name="StartedOn">First day, at month grain.</param>
/// <param name="Months">Months worked.</param>
/// <param name="EndedOn">Last day, if it ended.</param>
/// <param name="Roster">The roster it came from.</param>
[Kind("self-found-spell-reported")]
public sealed record SelfFoundSpellReported(
    Guid SpellId, Guid WorkerId, string? EmployerName, string WorkplaceDivision, string? WorkplaceText, string Channel, string? Industry, DateOnly StartedOn,
    int Months, DateOnly? EndedOn, Guid Roster);

/// <summary>The roster that told of the spell was undone.</summary>
[Kind("self-found-spell-withdrawn")]
public sealed record SelfFoundSpellWithdrawn(Guid SpellId, Guid WorkerId, string Reason);

/// <summary>A training attendance was finished.</summary>
[Kind("training-finished")]
public sealed record TrainingFinished(Guid TrainingId, Guid WorkerId, string Trade, DateOnly On);

/// <summary>Two records turned out to be one person's: this one is out of the programme, its spells stay under its id and count as the kept one's.</summary>
/// <param name="WorkerId">The record that is no longer used.</param>
/// <param name="Into">The record that is kept.</param>
[Kind("worker-merged")]
public sealed record WorkerMerged(Guid WorkerId, Guid Into);

/// <summary>The merger was a mistake: they are two people again.</summary>
/// <param name="WorkerId">The record that is used again.</param>
/// <param name="From">The record that it had been merged into.</param>
[Kind("worker-separated")]
public sealed record WorkerSeparated(Guid WorkerId, Guid From);
