using LaborBridge.Contracts;
using LaborBridge.Domain;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>
/// Writes workers, one or hundreds in a transaction: what the form, the roster import and the demo share. Checks, encryption and
/// hashing come before the transaction (<see cref="Prepare"/>, <see cref="PrepareChange"/>); what depends on the database's state is decided within.
/// </summary>
internal sealed class WorkerWriter(Sealing sealing, TimeProvider time)
{
    private long steps;

    /// <summary>A new worker, sealed and hashed.</summary>
    public PreparedWorker Prepare(Caller caller, WorkerFacts facts)
    {
        var now = time.GetUtcNow();
        var row = Fill(new WorkerRow
        {
            Id = Guid.CreateVersion7(now), Version = 1, IdHash = "", NameHash = "", TailHash = "", Sex = "", BirthYear = 0, Hukou = "", HomeDivision = "",
            StationId = caller.Station, Skills = "", Certificates = "", SelfGroups = "", Consented = false, Proposed = false, RestingStatus = "registered",
            Status = "registered", EnteredBy = caller.Subject, EnteredAt = now, ChangedAt = now,
        }, facts);
        return Sealed(caller, row, facts, now);
    }

    /// <summary>A change to a stored worker, sealed and hashed: refused as stale unless <paramref name="before"/> is still the version when it is written.</summary>
    public PreparedWorker PrepareChange(Caller caller, WorkerRow before, WorkerFacts facts)
    {
        var now = time.GetUtcNow();
        return Sealed(caller, Fill(before with { Version = before.Version + 1, ChangedAt = now }, facts), facts, now);
    }

    /// <summary>Registers workers. Each gets its own verdict; those refused leave nothing behind.</summary>
    public async Task<IReadOnlyList<WriteResult>> Register(Tx tx, Caller caller, IReadOnlyList<PreparedWorker> workers)
    {
        var taken = await WorkerStore.FindByIdHash(tx, [.. workers.Select(worker => worker.Row.IdHash)]);
        var households = await HouseholdBook.Load(tx, workers, time);
        var results = new List<WriteResult>(workers.Count);
        var written = new List<Written>(workers.Count);
        foreach (var worker in workers)
        {
            if (!taken.TryAdd(worker.Row.IdHash, worker.Row))
            {
                results.Add(new WriteResult(Refusal.AlreadyRegistered, taken[worker.Row.IdHash], []));
            }
            else if (!households.Note(caller, worker))
            {
                results.Add(new WriteResult(Refusal.HouseholdElsewhere, null, []));
            }
            else
            {
                var consents = Workers.Consent.Missing(worker.Facts.Consents, []).Select(consent => Row(worker.Row.Id, consent, worker.RecordedBy, worker.At)).ToList();
                var after = Worker.Settled(worker.Row with { Consented = consents.Exists(consent => consent.Purpose == Workers.Consent.Recommendation) }, worker.Facts.Wishes);
                after = after with { Proposed = IsWilling(after) };
                written.Add(new Written(worker.Row, after, worker, consents));
                results.Add(new WriteResult(Refusal.None, after, households.Statuses(after.HouseholdNumber)) { Given = consents });
            }
        }

        await households.Save(tx);
        await WorkerStore.Insert(tx, [.. written.Select(one => one.After)]);
        await Finish(tx, written, households, "registered");
        return results;
    }

    /// <summary>Corrects workers. What events and other clerks did meanwhile to status, consents and workplace stays.</summary>
    public async Task<IReadOnlyList<WriteResult>> Correct(Tx tx, Caller caller, IReadOnlyList<PreparedWorker> workers)
    {
        var current = await WorkerStore.Lock(tx, [.. workers.Select(worker => worker.Row.Id)]);
        var taken = await WorkerStore.FindByIdHash(tx, [.. workers.Select(worker => worker.Row.IdHash)]);
        var existing = (await WorkerStore.Consents(tx, workers.Where(worker => worker.Facts.Consents.Count > 0).Select(worker => worker.Row.Id))).ToLookup(row => row.WorkerId);
        var households = await HouseholdBook.Load(tx, workers, time);
        var results = new List<WriteResult>(workers.Count);
        var written = new List<Written>(workers.Count);
        foreach (var worker in workers)
        {
            var found = current.GetValueOrDefault(worker.Row.Id);
            if (found is null || found.Version != worker.Row.Version - 1 || found.Erased)
            {
                results.Add(new WriteResult(Refusal.Stale, found, []));
            }
            else if (taken.TryGetValue(worker.Row.IdHash, out var other) && other.Id != worker.Row.Id)
            {
                results.Add(new WriteResult(Refusal.AlreadyRegistered, other, []));
            }
            else if (!households.Note(caller, worker))
            {
                results.Add(new WriteResult(Refusal.HouseholdElsewhere, null, []));
            }
            else
            {
                var consents = Workers.Consent.Missing(worker.Facts.Consents, existing[found.Id]).Select(consent => Row(worker.Row.Id, consent, worker.RecordedBy, worker.At)).ToList();
                var after = Worker.Settled(worker.Row with
                {
                    Consented = found.Consented || consents.Exists(consent => consent.Purpose == Workers.Consent.Recommendation),
                    OutReason = found.OutReason,
                    Status = found.Status,
                    WorkplaceDivision = found.WorkplaceDivision,
                }, worker.Facts.Wishes);
                written.Add(new Written(found, after with { Proposed = IsWilling(after) }, worker, consents));
                results.Add(new WriteResult(Refusal.None, written[^1].After, households.Statuses(after.HouseholdNumber)));
            }
        }

        await households.Save(tx);
        await WorkerStore.Update(tx, [.. written.Select(one => one.After)]);
        await WorkerStore.DropTerms(tx, written.Select(one => one.After.Id));
        await WorkerStore.DropTrades(tx, written.Select(one => one.After.Id));
        await Finish(tx, written, households, "corrected");
        return results;
    }

    /// <summary>Records the wishes of a locked worker, and the consents given with them.</summary>
    public async Task<WorkerRow> Wish(Tx tx, Caller caller, WorkerRow before, Wishes wishes, IReadOnlyList<NewConsent> consents)
    {
        await WorkerStore.InsertSteps(tx, [Step(before.Id, "wishes-recorded", caller.Name)]);
        return await Consented(tx, caller, before, before with { Wishes = Stored.Write(wishes), Version = before.Version + 1 }, consents);
    }

    /// <summary>Records consents of a locked worker; those in force already are not doubled.</summary>
    public Task<WorkerRow> Consent(Tx tx, Caller caller, WorkerRow before, IReadOnlyList<NewConsent> consents) => Consented(tx, caller, before, before, consents);

    /// <summary>Withdraws some of a locked worker's active consents.</summary>
    public async Task<WorkerRow> Withdraw(Tx tx, string actor, WorkerRow before, IReadOnlyList<ConsentRow> active, IReadOnlyList<ConsentRow> withdrawn)
    {
        var now = time.GetUtcNow();
        var ids = withdrawn.Select(consent => consent.Id).ToHashSet();
        await WorkerStore.Withdraw(tx, ids, now);
        await WorkerStore.InsertSteps(tx, [.. withdrawn.Select(consent => Step(before.Id, "consent-withdrawn", actor, detail: consent.Purpose))]);
        foreach (var consent in withdrawn)
        {
            tx.Append(new ConsentWithdrawn(before.Id, consent.Id, consent.Purpose, consent.Receiver), before.Id);
        }

        return await Settle(tx, before, before with { Consented = active.Any(consent => consent.Purpose == Workers.Consent.Recommendation && !ids.Contains(consent.Id)) });
    }

    /// <summary>Writes a changed state of a locked worker (wishes, consent, way out) and tells Matching what follows from it.</summary>
    public async Task<WorkerRow> Settle(Tx tx, WorkerRow before, WorkerRow changed)
    {
        var wishes = Stored.Wishes(changed);
        var after = Worker.Settled(changed, wishes);
        after = after with { Proposed = IsWilling(after), ChangedAt = time.GetUtcNow() };
        await WorkerStore.Update(tx, [after]);
        if (after.Wishes != before.Wishes)
        {
            await WorkerStore.DropTrades(tx, [after.Id]);
            await WorkerStore.InsertTrades(tx, [.. Trades(after)]);
            await WorkerStore.DropCompanion(tx, after.Id);
            await WorkerStore.InsertTerms(tx, [.. Companion(after)]);
        }

        Tell(tx, before, after, await WorkerStore.Statuses(tx, after.HouseholdNumber));
        return after;
    }

    /// <summary>A line of the timeline.</summary>
    public StepRow Step(Guid worker, string kind, string? actor, DateOnly? on = null, string? detail = null)
    {
        var now = time.GetUtcNow();
        return new StepRow
        {
            Id = Guid.CreateVersion7(now), WorkerId = worker, Kind = kind, HappenedOn = on ?? ChinaTime.Day(now), KnownAt = now, Ordinal = Interlocked.Increment(ref steps), Actor = actor, Detail = detail, Source = "workers",
        };
    }

    private async Task<WorkerRow> Consented(Tx tx, Caller caller, WorkerRow before, WorkerRow changed, IReadOnlyList<NewConsent> consents)
    {
        var given = consents.Count == 0 ? [] : Workers.Consent.Missing(consents, await WorkerStore.Consents(tx, before.Id))
            .Select(consent => Row(before.Id, consent, caller.Subject, time.GetUtcNow())).ToList();
        await WorkerStore.InsertConsents(tx, given);
        await WorkerStore.InsertSteps(tx, [.. given.Select(consent => Step(before.Id, "consent-given", caller.Name, consent.GivenOn, consent.Purpose))]);
        foreach (var consent in given)
        {
            tx.Append(new ConsentGiven(before.Id, consent.Id, consent.Purpose, consent.Receiver, consent.GivenOn), before.Id);
        }

        return await Settle(tx, before, changed with { Consented = before.Consented || given.Exists(consent => consent.Purpose == Workers.Consent.Recommendation) });
    }

    private async Task Finish(Tx tx, List<Written> written, HouseholdBook households, string step)
    {
        await WorkerStore.InsertTerms(tx, [.. written.SelectMany(one => one.Worker.Phones.Concat(Companion(one.After)))]);
        await WorkerStore.InsertTrades(tx, [.. written.SelectMany(one => Trades(one.After))]);
        await WorkerStore.InsertConsents(tx, [.. written.SelectMany(one => one.Consents)]);
        await WorkerStore.InsertSteps(tx, [.. written.Select(one => Step(one.After.Id, step, one.Worker.Actor))]);
        var today = ChinaTime.Today(time);
        foreach (var one in written)
        {
            var statuses = households.Statuses(one.After.HouseholdNumber);
            tx.Append(Worker.Recorded(one.After, statuses, OverRetirementAge(one.Worker.Facts.Person, today)), one.After.Id);
            foreach (var consent in one.Consents)
            {
                tx.Append(new ConsentGiven(one.After.Id, consent.Id, consent.Purpose, consent.Receiver, consent.GivenOn), one.After.Id);
            }

            Tell(tx, one.Before, one.After, statuses, one.Worker.Facts.Person);
        }

        await TellMembers(tx, households.Changed, written.Select(one => one.After.Id).ToHashSet(), households.Statuses);
    }

    /// <summary>Statuses belong to the household: its members, but those told already, are told of again.</summary>
    public async Task TellMembers(Tx tx, IReadOnlyCollection<string> numbers, IReadOnlySet<Guid> told, Func<string?, IReadOnlyList<DatedStatus>> statusesOf)
    {
        var today = ChinaTime.Today(time);
        foreach (var member in (await WorkerStore.Members(tx, numbers)).Where(member => !told.Contains(member.Id)))
        {
            var statuses = statusesOf(member.HouseholdNumber);
            var person = sealing.Open(member);
            tx.Append(Worker.Recorded(member, statuses, person is not null && OverRetirementAge(person, today)), member.Id);
            Tell(tx, member, member, statuses, person);
        }
    }

    private void Tell(Tx tx, WorkerRow before, WorkerRow after, IReadOnlyList<DatedStatus> statuses, Person? person = null)
    {
        if (after.Proposed && (person ?? sealing.Open(after)) is { } known)
        {
            tx.Append(Worker.Willing(after, Stored.Wishes(after)!, known.ResidentId.Turns18On, statuses, ChinaTime.Today(time)), after.Id);
        }
        else if (Worker.NoLonger(before, after) is { } reason)
        {
            tx.Append(new WorkerNotWilling(after.Id, reason), after.Id);
        }
    }

    private PreparedWorker Sealed(Caller caller, WorkerRow row, WorkerFacts facts, DateTimeOffset now)
    {
        return new PreparedWorker(sealing.Seal(row, facts.Person), facts, sealing.Terms(row.Id, facts.Person), caller.Name, caller.Subject, now);
    }

    private static WorkerRow Fill(WorkerRow row, WorkerFacts facts) => row with
    {
        Sex = Kebab.Of(facts.Person.ResidentId.Sex),
        BirthYear = facts.Person.ResidentId.BirthYear,
        Hukou = facts.Hukou.ToString(),
        AddressDivision = facts.AddressDivision?.ToString(),
        HomeDivision = facts.Home.ToString(),
        HouseholdNumber = facts.HouseholdNumber,
        PersonNumber = facts.PersonNumber,
        RelationToHead = facts.RelationToHead,
        Education = facts.Education,
        LabourCapacity = facts.LabourCapacity,
        Skills = Stored.Write(facts.Skills),
        Certificates = Stored.Write(facts.Certificates),
        SelfGroups = Stored.Write(facts.Groups),
        Wishes = facts.Wishes is null ? null : Stored.Write(facts.Wishes),
    };

    private static ConsentRow Row(Guid worker, NewConsent consent, string recordedBy, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), WorkerId = worker, Purpose = consent.Purpose, Receiver = consent.Receiver, Form = consent.Form,
        GivenOn = consent.On, RecordedBy = recordedBy, RecordedAt = now, Version = 1,
    };

    private static bool OverRetirementAge(Person person, DateOnly today) =>
        LegalAge.OverRetirementAge(person.ResidentId.Sex, person.ResidentId.BirthDate, today);

    private static bool IsWilling(WorkerRow row) => row.RestingStatus == Kebab.Of(WorkerStatus.Willing);

    private static IEnumerable<TradeRow> Trades(WorkerRow row) => Stored.Skills(row).Select(skill => skill.Trade)
        .Concat(Stored.Wishes(row)?.Trades ?? []).Distinct(StringComparer.Ordinal).Select(trade => new TradeRow(row.County, trade, row.Id));

    private static IEnumerable<TermRow> Companion(WorkerRow row) => Stored.Wishes(row) is { With: { } with } ? [new TermRow(row.Id, Companions.Term, with.ToString("D"))] : [];

    private sealed record Written(WorkerRow Before, WorkerRow After, PreparedWorker Worker, IReadOnlyList<ConsentRow> Consents);
}

/// <summary>A worker ready to be written: checked, encrypted, hashed.</summary>
internal sealed record PreparedWorker(WorkerRow Row, WorkerFacts Facts, IReadOnlyList<TermRow> Phones, string Actor, string RecordedBy, DateTimeOffset At);

/// <summary>Why a worker was not written.</summary>
internal enum Refusal
{
    None,
    /// <summary>The ID is registered: the row of who has it.</summary>
    AlreadyRegistered,
    /// <summary>The household lies outside the caller's divisions, so he may not change its statuses.</summary>
    HouseholdElsewhere,
    /// <summary>Somebody changed or removed the worker meanwhile.</summary>
    Stale,
}

/// <summary>What became of one worker: the row as written, or the row that stands in the way.</summary>
internal sealed record WriteResult(Refusal Refusal, WorkerRow? Row, IReadOnlyList<DatedStatus> Statuses)
{
    /// <summary>The consents given with it.</summary>
    public IReadOnlyList<ConsentRow> Given { get; init; } = [];
}
