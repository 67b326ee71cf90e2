namespace LaborBridge.Workers.Rosters.Verdicts;

/// <summary>What becomes of a row. Each row has one; warnings stand beside it.</summary>
internal enum Verdict
{
    New,
    Updated,
    Unchanged,
    Duplicate,
    NonLabour,
    Error,
}

/// <summary>What the register knows of a row's person.</summary>
internal sealed record Known(WorkerRow Row, WorkerFacts Facts, IReadOnlyList<SpellRow> Spells, IReadOnlyList<ConsentRow> Consents);

/// <summary>
/// What shall be done with a row: <see cref="Facts"/> replaces the worker's (null: they stay), <see cref="Spells"/> are to be reported, anew or again.
/// </summary>
internal sealed record Decision(Verdict Verdict, IReadOnlyList<Finding> Findings, WorkerFacts? Facts = null, IReadOnlyList<SpellChange>? Spells = null, bool WithdrawsConsent = false)
{
    public static Decision Refuse(IReadOnlyList<Finding> findings) =>
        new(findings.Any(finding => finding.Severity == Severity.Error) ? Verdict.Error : Verdict.Duplicate, findings);
}
