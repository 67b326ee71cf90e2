using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>Shows ID and phones in clear for a stated purpose, and writes down who saw whom, why and when, in a chain of hashes (PIPL art. 51).</summary>
internal static class RevealWorker
{
    internal sealed record Request(string? Purpose);

    /// <summary>The person in clear.</summary>
    internal sealed record Revealed(string Name, string ResidentId, IReadOnlyList<string> Phones)
    {
        /// <summary>Nothing of it: it may reach a log.</summary>
        public override string ToString() => nameof(Revealed);
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/workers/{id:guid}/reveal",
        (Guid id, Request request, HttpContext http, Requests<WorkersService> requests, Sealing sealing, WorkerWriter writer, TimeProvider time) =>
            requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, request, sealing, writer, time)))
        .Allow(Role.Station, Role.Official).WithName("RevealWorker").Produces<Revealed>();

    public static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, Request request, Sealing sealing, WorkerWriter writer, TimeProvider time)
    {
        var checks = new Checks();
        var purpose = checks.Require("purpose", request.Purpose);
        checks.That(!HasNumber(purpose), "purpose", "purpose-has-number", "请只写用途，不要写证件号码或电话号码。", "State the purpose only, no ID or phone number.");
        if (checks.Problem is { } problem)
        {
            return problem;
        }

        if (await WorkerStore.Find(tx, caller, id) is not { } row)
        {
            return Problem.NotFound();
        }

        if (sealing.Open(row) is not { } person)
        {
            return Locked.Erased();
        }

        await AccessLog.Append(tx, [id], caller, purpose, time.GetUtcNow());
        await WorkerStore.InsertSteps(tx, [writer.Step(id, "revealed", caller.Name)]);
        return Reply.Ok(InClear(person));
    }

    /// <summary>The person without the masks, for who gave a purpose and stands in the log.</summary>
    public static Revealed InClear(Person person) => new(person.Name, person.ResidentId.Reveal(), [.. person.Phones.Select(phone => phone.Reveal())]);

    /// <summary>Whether there is a number in a purpose: the log is read by auditors, and it would be one more copy in clear.</summary>
    public static bool HasNumber(string purpose)
    {
        var run = 0;
        return purpose.Any(c => (run = char.IsDigit(c) ? run + 1 : 0) >= 7);
    }
}
