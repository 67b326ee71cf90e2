using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>A posting leaves the board by its firm's or an official's word; offers that are accepted stand.</summary>
internal static class ClosePosting
{
    private static readonly Sql SetState = Sql.Text("""
        UPDATE postings SET version = version + 1, state = @State, closed_reason = @Reason WHERE id = @Id AND state IN ('draft', 'in-review', 'live')
        """);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/api/postings/{id:guid}/closing", (Guid id, HttpContext http, Requests<EmployersService> requests) =>
            requests.Write(http, request: null, (tx, caller) => Handle(tx, caller, id, http.Language())))
        .Allow(Role.Employer, Role.Station, Role.Official)
        .WithName("ClosePosting");

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, Language language)
    {
        var row = await FindPostings.Get(tx, id);
        var employer = row is null ? null : await FindEmployers.Get(tx, row.EmployerId);
        if (row is null || employer is null || !FindEmployers.MayWorkWith(caller, employer))
        {
            return Problem.NotFound();
        }

        if (!Posting.CanChange(row.State))
        {
            return Problem.Conflict("step-out-of-order", new Text("岗位已经关闭或过期。", "The posting is closed already."));
        }

        await TakeOff(tx, row, Posting.Closed, "closed");
        var closed = (await FindPostings.Get(tx, id))!;
        return Reply.Ok(closed.View(language, whole: true), closed.Version);
    }

    internal static async Task TakeOff(Tx tx, PostingRow row, string state, string reason)
    {
        if (await tx.Execute(SetState, new { row.Id, State = state, Reason = reason }) == 1 && row.State == Posting.Live)
        {
            await IndexBoard.Drop(tx, row.Id);
            Announce(tx, row, reason);
        }
    }

    internal static void Announce(Tx tx, PostingRow row, string reason) => tx.Append(new PostingClosed(row.Id, row.EmployerId, reason), row.Id);
}
