using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Duplicates;

/// <summary>
/// A person decides on a pair: two people, or one. A merger keeps one record and takes the other out of the programme: its id, spells, steps and consents stay
/// under it as they were, the kept record shows them with its own, takes over what it lacked and the consents in force, and statistics count one person.
/// A separation takes all that back, and puts the pair into the queue again.
/// </summary>
internal static class DecideDuplicate
{
    /// <summary>Which of the two records is kept.</summary>
    internal sealed record Merger(Guid? Keep);

    /// <summary>How the pair stands now.</summary>
    internal sealed record Outcome(Guid Id, long Version, string State, Guid? Kept);

    /// <summary>Nothing needs to be said.</summary>
    internal sealed record Plain;

    public static void Map(IEndpointRouteBuilder app)
    {
        Post<Plain>("difference", "MarkDifferent", static (_, worker, pair) => worker.Differ(pair));
        Post<Merger>("merger", "MergeWorkers", static (request, worker, pair) => worker.Merge(pair, request.Keep));
        Post<Plain>("separation", "SeparateWorkers", static (_, worker, pair) => worker.Separate(pair));

        void Post<TRequest>(string path, string name, Func<TRequest, Decision, DuplicateRow, Task<Problem?>> decide) where TRequest : class =>
            app.MapPost($"/api/duplicates/{{id:guid}}/{path}", (Guid id, TRequest request, HttpContext http, Requests<WorkersService> requests, WorkerWriter writer, Sealing sealing, TimeProvider time) =>
                requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, writer, sealing, time, (decision, pair) => decide(request, decision, pair))))
            .Allow(Role.Station, Role.Official).WithName(name).Produces<Outcome>();
    }

    private static async Task<Reply> Handle(
        Tx tx, Caller caller, Guid id, WorkerWriter writer, Sealing sealing, TimeProvider time, Func<Decision, DuplicateRow, Task<Problem?>> decide)
    {
        if (await DuplicateRow.Find(tx, caller, id) is not { } seen)
        {
            return Problem.NotFound();
        }

        // The workers first, as everywhere; what was read of the pair before is read again then.
        var workers = await WorkerStore.Lock(tx, [seen.FirstId, seen.SecondId]);
        if (await DuplicateRow.Find(tx, caller, id) is not { } pair)
        {
            return Problem.NotFound();
        }

        if (await decide(new Decision(tx, caller, workers, writer, sealing, time), pair) is { } problem)
        {
            return problem;
        }

        // No personal data here: answers are kept for repeated requests.
        var after = (await DuplicateRow.Find(tx, caller, id))!;
        return Reply.Ok(new Outcome(after.Id, after.Version, after.State, after.KeptId), after.Version);
    }

    /// <summary>What the three have in common: both workers, locked.</summary>
    private sealed class Decision(Tx tx, Caller caller, Dictionary<Guid, WorkerRow> workers, WorkerWriter writer, Sealing sealing, TimeProvider time)
    {
        public async Task<Problem?> Differ(DuplicateRow pair) => pair.State != DuplicateRow.Open ? OutOfOrder() : await Decide(pair with { State = DuplicateRow.Different });

        public async Task<Problem?> Merge(DuplicateRow pair, Guid? keep)
        {
            if (keep != pair.FirstId && keep != pair.SecondId)
            {
                return Problem.Validation("keep", "unknown-value", "请选择保留两份档案中的哪一份。", "Say which of the two records is kept.");
            }

            var (kept, absorbed) = keep == pair.FirstId ? (workers[pair.FirstId], workers[pair.SecondId]) : (workers[pair.SecondId], workers[pair.FirstId]);
            if (pair.State != DuplicateRow.Open || kept.OutReason is not null || absorbed.OutReason is not null)
            {
                return OutOfOrder();
            }

            if (Worker.IsWorking(absorbed.Status))
            {
                return Problem.Conflict("placement-running", new Text(
                    "另一份档案正在务工，请保留正在务工的那一份；两份都在务工的，先结束其中一段。",
                    "The other record has a running spell of work: keep that one. When both have, end one spell first."));
            }

            if (await DuplicateRow.MergedWith(tx, absorbed.Id) is { Count: > 0 })
            {
                return Problem.Conflict("merged-before", new Text("另一份档案已并入过其他档案，请保留那一份。", "Others were merged into the other record: keep that one."));
            }

            var consents = (await WorkerStore.Consents(tx, absorbed.Id)).Where(row => row.WithdrawnAt is null).ToList();
            var own = (await WorkerStore.Consents(tx, kept.Id)).Where(row => row.WithdrawnAt is null).Select(row => (row.Purpose, row.Receiver)).ToHashSet();
            var carried = consents.Where(row => !own.Contains((row.Purpose, row.Receiver))).ToList();
            var (facts, filled) = Joining.Fill(Facts(kept), Facts(absorbed), carried.Select(row => new FilledConsent(row.Purpose, row.Receiver)));
            if (await Correct(kept, facts with { Consents = [.. carried.Select(row => new NewConsent(row.Purpose, row.Form, row.GivenOn, row.Receiver))] }) is { } problem)
            {
                return problem;
            }

            await writer.Settle(tx, absorbed, absorbed with { OutReason = DuplicateRow.OutReason, Version = absorbed.Version + 1 });
            await WorkerStore.InsertSteps(tx, [writer.Step(absorbed.Id, "merged", caller.Name), writer.Step(kept.Id, "took-over", caller.Name)]);
            tx.Append(new WorkerMerged(absorbed.Id, kept.Id), absorbed.Id);
            return await Decide(pair with { State = DuplicateRow.Merged, KeptId = kept.Id, AbsorbedId = absorbed.Id, Filled = Stored.Write(filled) });
        }

        public async Task<Problem?> Separate(DuplicateRow pair)
        {
            if (pair.State == DuplicateRow.Different)
            {
                return await Decide(pair with { State = DuplicateRow.Open });
            }

            if (pair is not { State: DuplicateRow.Merged, KeptId: { } keptId, AbsorbedId: { } absorbedId })
            {
                return OutOfOrder();
            }

            var (kept, absorbed) = (workers[keptId], workers[absorbedId]);
            if (kept.Erased || absorbed.Erased || pair.Filled is null)
            {
                return Locked.Erased();
            }

            var filled = Stored.Read<Filled>(pair.Filled);
            absorbed = await writer.Settle(tx, absorbed, absorbed with { OutReason = null, Version = absorbed.Version + 1 });
            if (await Correct(kept, Joining.Unfill(Facts(kept), Facts(absorbed), filled)) is { } problem)
            {
                return problem;
            }

            await Part(keptId, absorbed, filled);
            await WorkerStore.InsertSteps(tx, [writer.Step(absorbed.Id, "separated", caller.Name), writer.Step(keptId, "separated", caller.Name)]);
            tx.Append(new WorkerSeparated(absorbed.Id, keptId), absorbed.Id);
            return await Decide(pair with { State = DuplicateRow.Open, KeptId = null, AbsorbedId = null, Filled = null });
        }

        // What was carried over goes; what was withdrawn meanwhile, by whichever of the two it was, ends on both: use must stop when in doubt.
        private async Task Part(Guid keptId, WorkerRow absorbed, Filled filled)
        {
            var carried = filled.Consents.Select(consent => (consent.Purpose, consent.Receiver)).ToHashSet();
            var ofKept = (await WorkerStore.Consents(tx, keptId)).Where(row => row.WithdrawnAt is null).ToList();
            var ofAbsorbed = (await WorkerStore.Consents(tx, absorbed.Id)).Where(row => row.WithdrawnAt is null).ToList();
            var goes = ofKept.Where(row => carried.Contains((row.Purpose, row.Receiver))).ToList();
            var ended = ofAbsorbed.Where(row => carried.Contains((row.Purpose, row.Receiver)) && !goes.Exists(own => (own.Purpose, own.Receiver) == (row.Purpose, row.Receiver))).ToList();
            if (goes.Count > 0 && await WorkerStore.Lock(tx, keptId) is { } kept)
            {
                await writer.Withdraw(tx, caller.Name, kept, ofKept, goes);
            }

            if (ended.Count > 0)
            {
                await writer.Withdraw(tx, caller.Name, absorbed, ofAbsorbed, ended);
            }
        }

        private async Task<Problem?> Correct(WorkerRow before, WorkerFacts facts)
        {
            var result = (await writer.Correct(tx, caller, [writer.PrepareChange(caller, before, facts)]))[0];
            return result.Refusal == Refusal.None ? null : RegisterWorker.Refuse(caller, result);
        }

        private async Task<Problem?> Decide(DuplicateRow decided) =>
            await DuplicateRow.Decide(tx, decided with { DecidedBy = caller.Name, DecidedAt = time.GetUtcNow() }) ? null : Problem.StaleVersion();

        private WorkerFacts Facts(WorkerRow row) => WorkerFacts.Of(row, sealing.Open(row)!);

        private static Problem OutOfOrder() => Problem.Conflict("step-out-of-order", new Text(
            "这一对档案已有处理结果，或其中一人已退出，请刷新后再看。", "The pair was decided already, or one of the two has left; load it again."));
    }
}
