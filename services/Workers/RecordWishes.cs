using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>Records what a worker wishes, and the consents given in the same call. With wish and consent he is willing and reaches Matching.</summary>
internal static class RecordWishes
{
    /// <summary>Wishes as sent, with the consents said in the same call.</summary>
    internal sealed record Request(
        bool? Willing, IReadOnlyList<string>? Trades = null, IReadOnlyList<string>? Places = null, decimal? MonthlyPay = null, DateOnly? From = null,
        bool? Lodging = null, IReadOnlyList<string>? Canteens = null, Guid? With = null, IReadOnlyList<string>? Languages = null, IReadOnlyList<ConsentBody>? Consents = null)
    {
        public WishesBody Wishes => new(Willing, Trades, Places, MonthlyPay, From, Lodging, Canteens, With, Languages);
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapPut("/api/workers/{id:guid}/wishes",
        (Guid id, Request request, HttpContext http, Requests<WorkersService> requests, WorkerWriter writer, Sealing sealing, TimeProvider time) =>
            requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, http.IfMatch(), request, writer, sealing, time)))
        .Allow(Role.Collector, Role.Station).WithName("RecordWishes").Produces<WorkerView>();

    public static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, long version, Request request, WorkerWriter writer, Sealing sealing, TimeProvider time)
    {
        var (before, refusal) = await Locked.ForChange(tx, caller, id, version);
        if (before is null)
        {
            return refusal!;
        }

        var today = ChinaTime.Today(time);
        var checks = new Checks();
        var wishes = request.Wishes.Check(checks, "", id);
        var consents = (request.Consents ?? []).Select((consent, i) => consent.Check(checks, $"consents[{i}]", today)).ToList();
        if (checks.Problem is { } problem)
        {
            return problem;
        }

        // Whom somebody travels with is said and taken back by itself: who is asked about pay has not left the group, nor unlearned a language that was not asked about.
        var told = Stored.Wishes(before);
        wishes = wishes with { With = wishes.With ?? told?.With, Languages = wishes.Languages ?? told?.Languages };
        var row = await writer.Wish(tx, caller, before, wishes, consents);
        return Reply.Ok(
            WorkerView.Of(caller, row, sealing.Open(row), await WorkerStore.Statuses(tx, row.HouseholdNumber), await WorkerStore.Consents(tx, id), today), row.Version);
    }
}
