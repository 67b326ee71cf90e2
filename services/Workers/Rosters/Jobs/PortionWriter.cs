using LaborBridge.Contracts;
using LaborBridge.Domain;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters.Reading;
using LaborBridge.Workers.Rosters.Verdicts;

namespace LaborBridge.Workers.Rosters.Jobs;

/// <summary>What a stored row replaced, so that it can be taken back. Personal data in <see cref="Before"/> are ciphertext.</summary>
internal sealed record UndoNote(WorkerRow? Before, IReadOnlyList<DatedStatus>? Statuses, IReadOnlyList<SpellChange>? Spells, DateTimeOffset? ConsentAt);

/// <summary>Writes a portion: the step of the job, workers, spells, verdicts and events, all or nothing.</summary>
internal sealed class PortionWriter(WorkerWriter writer)
{
    /// <exception cref="RegisterMovedException">A clerk was faster: decide again.</exception>
    public async Task Write(Tx tx, Roster roster, string me, Caller caller, ReadPortion portion, IReadOnlyList<PlannedRow> plan, bool stores, bool replaces)
    {
        var elsewhere = new HashSet<int>();
        var versions = new Dictionary<int, long>();
        if (stores)
        {
            await Store(tx, caller, [.. plan.Where(row => row is { Worker: not null, Known: null })], isNew: true, versions, elsewhere);
            await Store(tx, caller, [.. plan.Where(row => row is { Worker: not null, Known: not null })], isNew: false, versions, elsewhere);
            await Withdraw(tx, caller, plan, versions);
            await Report(tx, [.. plan.Where(row => !elsewhere.Contains(row.Row.Number)).SelectMany(row => row.Decision.Spells ?? [])]);
        }

        var rows = plan.Select(row => elsewhere.Contains(row.Row.Number) ? Elsewhere(roster, row) : Row(roster, row, stores, versions)).ToList();
        if (await RosterLease.Advance(tx, roster.Id, me, portion.After, portion.Last, Count(rows)))
        {
            await RosterStore.SaveRows(tx, rows, replaces);
        }
        else
        {
            throw new AlreadyStoredException();
        }
    }

    private async Task Store(Tx tx, Caller caller, IReadOnlyList<PlannedRow> rows, bool isNew, Dictionary<int, long> versions, HashSet<int> elsewhere)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var workers = rows.Select(row => row.Worker!).ToList();
        var results = isNew ? await writer.Register(tx, caller, workers) : await writer.Correct(tx, caller, workers);
        for (var i = 0; i < rows.Count; i++)
        {
            switch (results[i].Refusal)
            {
                case Refusal.None:
                    versions[rows[i].Row.Number] = results[i].Row!.Version;
                    break;
                case Refusal.HouseholdElsewhere:
                    elsewhere.Add(rows[i].Row.Number);
                    break;
                case Refusal.AlreadyRegistered or Refusal.Stale:
                    throw new RegisterMovedException();
                default:
                    throw new InvalidOperationException($"Unknown refusal {results[i].Refusal}.");
            }
        }
    }

    private async Task Withdraw(Tx tx, Caller caller, IReadOnlyList<PlannedRow> plan, Dictionary<int, long> versions)
    {
        foreach (var row in plan.Where(row => row.Decision.WithdrawsConsent))
        {
            var before = await WorkerStore.Lock(tx, row.WorkerId!.Value) ?? throw new RegisterMovedException();
            var active = (await WorkerStore.Consents(tx, before.Id)).Where(consent => consent.WithdrawnAt is null).ToList();
            var after = await writer.Withdraw(tx, caller.Name, before, active, [.. active.Where(consent => consent.Purpose == Consent.Recommendation)]);
            versions[row.Row.Number] = after.Version;
        }
    }

    private static async Task Report(Tx tx, IReadOnlyList<SpellChange> changes)
    {
        await RosterStore.SaveSpells(tx, [.. changes.Select(change => change.After)]);
        foreach (var change in changes)
        {
            tx.Append(Reported(change.After), change.After.WorkerId);
        }
    }

    /// <summary>The event of a spell.</summary>
    public static SelfFoundSpellReported Reported(SpellRow spell) => new(
        spell.SpellId, spell.WorkerId, spell.EmployerName, spell.WorkplaceDivision, spell.WorkplaceText, spell.Channel, spell.Industry, spell.StartedOn, spell.Months,
        spell.EndedOn, spell.RosterId);

    private static RosterRow Row(Roster roster, PlannedRow row, bool stores, Dictionary<int, long> versions)
    {
        var stored = stores && row.Decision.Verdict is Verdict.New or Verdict.Updated && stores;
        return new RosterRow
        {
            RosterId = roster.Id,
            RowNumber = row.Row.Number,
            Verdict = Kebab.Of(row.Decision.Verdict),
            Warned = row.Decision.Verdict is Verdict.New or Verdict.Updated or Verdict.Unchanged && row.Decision.Findings.Count > 0,
            Name = row.Row.MaskedName,
            Findings = FindingNotes.Write(row.Decision.Findings),
            WorkerId = stored ? row.WorkerId : null,
            AboutId = stored ? row.WorkerId : row.Known?.Row.Id,
            WorkerVersion = stored ? versions.GetValueOrDefault(row.Row.Number, row.Known?.Row.Version ?? 0) : null,
            Undo = stored && (row.Known is not null || row.Decision.Spells is { Count: > 0 }) ? Stored.Write(Note(row)) : null,
        };
    }

    private static UndoNote Note(PlannedRow row) => new(
        row.Worker is null ? null : row.Known?.Row,
        row.Known is not null && row.Decision.Facts?.SeenStatus is not null ? row.Statuses : null,
        row.Decision.Spells,
        row.Known is not null && row.Decision.Facts?.Consents.Count > 0 ? row.Worker!.At : null);

    private static RosterRow Elsewhere(Roster roster, PlannedRow row) => new()
    {
        RosterId = roster.Id,
        RowNumber = row.Row.Number,
        Verdict = Kebab.Of(Verdict.Error),
        Warned = false,
        Name = row.Row.MaskedName,
        Findings = FindingNotes.Write([.. row.Decision.Findings, new Finding(FindingCode.HouseholdElsewhere, Column.HouseholdNumber)]),
    };

    private static Tally Count(List<RosterRow> rows)
    {
        return new Tally(rows.Count, Of(Verdict.New), Of(Verdict.Updated), Of(Verdict.Unchanged), Of(Verdict.Duplicate), Of(Verdict.NonLabour), Of(Verdict.Error), rows.Count(row => row.Warned));

        int Of(Verdict verdict)
        {
            var word = Kebab.Of(verdict);
            return rows.Count(row => row.Verdict == word);
        }
    }
}

/// <summary>Between decision and transaction somebody changed a worker of the portion.</summary>
internal sealed class RegisterMovedException() : Exception("The register changed while the portion was decided.");

/// <summary>The portion was committed before, though the answer was lost: nothing is written again.</summary>
internal sealed class AlreadyStoredException() : Exception("The portion is stored already.");
