using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers.Papers;

/// <summary>Takes a paper out that was sent by mistake, as long as no decision names it. A firm takes out what it sent itself.</summary>
internal static class RemovePaper
{
    private static readonly Sql Remove = Sql.Text("DELETE FROM papers WHERE id = @Id AND version = @Expected AND decisions = 0");

    public static void Map(IEndpointRouteBuilder app) => app
        .MapDelete("/api/employers/{id:guid}/papers/{paper:guid}", (Guid id, Guid paper, HttpContext http, Requests<EmployersService> requests) =>
        {
            var expected = http.IfMatch();
            return requests.Write(http, request: null, (tx, caller) => Handle(tx, caller, id, paper, expected));
        })
        .Allow(Role.Employer, Role.Station, Role.Official)
        .Produces(StatusCodes.Status204NoContent)
        .WithName("RemovePaper");

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid employer, Guid paper, long expected)
    {
        if (await PaperSight.Find(tx, caller, employer, paper) is not { } row)
        {
            return Problem.NotFound();
        }

        if (row.Decisions > 0)
        {
            return Paper.InUse();
        }

        if (caller.Role == Role.Employer && row.UploaderRole != Kebab.Of(Role.Employer))
        {
            return Paper.NotYours();
        }

        if (await tx.Execute(Remove, new { Id = paper, Expected = expected }) == 0)
        {
            return Problem.StaleVersion();
        }

        await PaperRow.Files.Drop(tx, paper);
        return Reply.NoContent();
    }
}
